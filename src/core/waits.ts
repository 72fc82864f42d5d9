import type { Wait } from './chat.js'
import { maxAge, type Moment } from './clock.js'

/** How much of a wait is left, in ms. */
export function timeLeft(wait: Pick<Wait, 'since' | 'duration'> | null, now: Moment): number {
  return wait === null ? 0 : Math.max(0, wait.duration - maxAge(wait.since, now))
}

/** Whichever wait ends later: an outcome may lengthen a wait, never shorten it. */
export function longer(running: Wait | null, next: Wait, now: Moment): Wait {
  return running !== null && timeLeft(running, now) > timeLeft(next, now) ? running : next
}

/** What is left of a wait when the network is back: one for want of a network ends, `soonest` ms after its failure. */
export function afterReconnect(wait: Wait | null, soonest: number): Wait | null {
  return wait?.reason === 'offline' ? { ...wait, duration: Math.min(wait.duration, soonest) } : wait
}

/** What is left of a stop's wait when there is a new reason for a stop: a limit is kept, and `soonest` ms for a network. */
export function afterWake(wait: Wait | null, soonest: number): Wait | null {
  if (wait?.reason === 'rate-limited') return wait
  return wait?.reason === 'offline' ? afterReconnect(wait, soonest) : null
}
