import type { Wait } from './chat.js'
import { maxAge, type Moment } from './clock.js'

/** How much of a wait is left, in ms. */
export function timeLeft(wait: Pick<Wait, 'since' | 'duration'> | null, now: Moment): number {
  return wait === null ? 0 : Math.max(0, wait.duration - maxAge(wait.since, now))
}

/** How much is left of the one of several waits that ends last, in ms. */
export function longestLeft(waits: readonly Wait[], now: Moment): number {
  return Math.max(0, ...waits.map((wait) => timeLeft(wait, now)))
}

/** Whichever wait ends later: an outcome may lengthen a wait, never shorten it. */
export function longer(running: Wait | null, next: Wait, now: Moment): Wait | null {
  return timeLeft(running, now) > timeLeft(next, now) ? running : next
}

/** What is left of a wait when the network is back: one for want of a network ends, `soonest` ms after its failure. */
export function afterReconnect<W extends Wait | null>(wait: W, soonest: number): W {
  return wait?.reason === 'offline' ? { ...wait, duration: Math.min(wait.duration, soonest) } : wait
}

/** What is left of a stop's waits when there is a new reason for a stop: a limit, and `soonest` ms for a network. */
export function afterWake(waits: readonly Wait[], soonest: number): Wait[] {
  return waits
    .filter((wait) => isLimit(wait) || wait.reason === 'offline')
    .map((wait) => afterReconnect(wait, soonest))
}

/** Whether somebody asked for a wait, which only its own time and a reset end. */
export function isLimit({ reason }: Wait): boolean {
  return reason === 'rate-limited'
}
