import { type Moment, reliedAge, timerAge } from './moments.js'
import type { Verdict } from './verdicts.js'

/** A time in which a call is held back. Where a count may be read in two ways, `shortest` and `longest` differ. */
export interface Wait {
  readonly since: Moment
  /** The place in the log of the outcome that it came from. */
  readonly index: number
  readonly kind: 'limit' | 'offline' | 'other'
  shortest: number
  longest: number
}

/** What is held back by the outcomes of one kind of call, or of the caller. */
export interface Waits {
  list: Wait[]
  /** How many failures came in a row, by the narrowest reading: nothing else came between. */
  atLeast: { then: Verdict['then']; count: number }
  /** And by the widest: those that make each other's waits longer, since the last success. */
  atMost: Record<string, number>
}

export const noWaits = (): Waits => ({ list: [], atLeast: { then: null, count: 0 }, atMost: {} })

const seconds = 1_000
const steps = [2, 5, 15, 30]
/** Which reasons share a count. Written again, since the core's own list is what is judged. */
const families: Record<string, string> = {
  server: 'outage',
  network: 'outage',
  timeout: 'outage',
  offline: 'outage',
  busy: 'busy',
  'rate-limited': 'limit',
}

/** How long the `count`th failure in a row of a kind waits. */
export function waitAfter(then: Verdict['then'], count: number): number {
  if (typeof then === 'number') return then
  if (then === 'steps') return steps[Math.min(count, steps.length) - 1]! * seconds
  if (then === 'doubling' || then === 'caller') return Math.min(300, 30 * 2 ** (count - 1)) * seconds
  return 0
}

/** Notes a failure; each wait ends at its own time. */
export function hold(
  waits: Waits,
  { reason, then }: Verdict,
  since: Moment,
  index: number,
  isInRow = true,
): Wait {
  const { atLeast } = waits
  if (isInRow) {
    if (atLeast.then === then) atLeast.count++
    else waits.atLeast = { then, count: 1 }
  }
  const family = families[reason ?? ''] ?? 'refusal'
  const atMost = (waits.atMost[family] = (waits.atMost[family] ?? 0) + 1)
  const wait: Wait = {
    since,
    index,
    kind: reason === 'rate-limited' ? 'limit' : reason === 'offline' ? 'offline' : 'other',
    shortest: waitAfter(then, Math.max(1, waits.atLeast.count)),
    longest: waitAfter(then, atMost),
  }
  waits.list.push(wait)
  return wait
}

/** The first online event ends what being offline asked for, 2 s after the failure at the earliest. */
export function reconnect({ list }: Waits, now: Moment): void {
  for (const wait of list) {
    if (wait.kind !== 'offline') continue
    wait.shortest = Math.min(wait.shortest, Math.max(2 * seconds, reliedAge(wait.since, now)))
    wait.longest = Math.min(wait.longest, Math.max(2 * seconds, timerAge(wait.since, now)))
  }
}

/** Whether a wait is on for certain: what is relied on ages by the greater of both clocks. */
export const isSurelyOn = ({ since, shortest }: Wait, now: Moment): boolean =>
  reliedAge(since, now) < shortest

/** How long until a look at the clocks surely finds a wait over; 0 where it is. */
export const leftAtMost = ({ since, longest }: Wait, now: Moment): number =>
  Math.max(0, longest - reliedAge(since, now))

/** How long until a timer surely has told of a wait's end, whatever became of the wall clock. */
export const leftByTimer = ({ since, longest }: Wait, now: Moment): number =>
  Math.max(0, longest - timerAge(since, now))

/** A clock that is set ahead may end a wait, also if it is set back later. */
export function endIfOver(wait: Wait, now: Moment): void {
  if (!isSurelyOn(wait, now)) wait.shortest = 0
}
