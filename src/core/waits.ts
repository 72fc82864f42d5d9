import type { Wait } from './chat.js'
import { maxAge, type Moment } from './clock.js'
import { runSafely } from './runSafely.js'
import type { TypingError } from './typingError.js'
import type { FailurePolicy } from './typingService.js'

/** No failure holds anything back for longer, in ms, whatever a service says. */
const longest = 300_000

/** How long a failure holds the next call back, in ms, where a service fails to say so. */
const usual = 30_000

/** The wait that a failure begins: the n-th of its kind in a row. */
export function waitFor(
  error: TypingError,
  failures: number,
  { now, waitAfter }: { readonly now: Moment } & Pick<FailurePolicy, 'waitAfter'>,
): Wait {
  const duration = runSafely(() => {
    const wait: unknown = waitAfter(error, failures)
    if (typeof wait === 'number' && wait >= 0) return Math.min(longest, wait)
    throw new TypeError(`waitAfter must return milliseconds, not ${String(wait)}`)
  })
  return { since: now, duration: duration ?? usual, reason: error.reason }
}

/** How much of a wait is left, in ms. */
export function timeLeft(wait: Pick<Wait, 'since' | 'duration'> | null, now: Moment): number {
  return wait === null ? 0 : Math.max(0, wait.duration - maxAge(wait.since, now))
}

/** How much is left of whichever of several waits ends last, in ms. */
export function longestLeft(waits: readonly Wait[], now: Moment): number {
  return Math.max(0, ...waits.map((wait) => timeLeft(wait, now)))
}

/** Whichever wait ends later: an outcome may lengthen a wait, never shorten it. */
export function longer(running: Wait | null, next: Wait, now: Moment): Wait | null {
  return timeLeft(running, now) > timeLeft(next, now) ? running : next
}

/** What is left of a wait when the network is back: a wait for it ends `soonest` ms after its failure. */
export function afterReconnect<W extends Wait | null>(wait: W, soonest: number): W {
  return wait?.reason === 'offline' && soonest < wait.duration ? { ...wait, duration: soonest } : wait
}

/** Which of a stop's waits remain when there is a new reason to stop: limits, and `soonest` ms for a network. */
export function afterWake(waits: readonly Wait[], soonest: number): Wait[] {
  return waits
    .filter((wait) => isLimit(wait) || wait.reason === 'offline')
    .map((wait) => afterReconnect(wait, soonest))
}

/** Whether this wait is a rate limit. Only its own time or a reset ends one. */
export function isLimit({ reason }: Wait): boolean {
  return reason === 'rate-limited'
}
