/** One moment, by both clocks. The globals are looked up at each reading, so fake timers work whenever they are installed. */
export interface Moment {
  /** Milliseconds that only grow, and stop while the machine sleeps. */
  readonly monotonic: number
  /** Epoch milliseconds. They go on during sleep, and jump when the clock is set. */
  readonly wall: number
}

export const systemClock: { monotonic: () => number } = { monotonic: () => performance.now() }

export function readClock(): Moment {
  return { monotonic: performance.now(), wall: Date.now() }
}

/** The age of something that is relied on (a wish, a bubble that is on, a wait), in ms, by the clock that shows more. */
export function maxAge(since: Moment, now: Moment): number {
  return Math.max(0, now.monotonic - since.monotonic, now.wall - since.wall)
}

/** The age of something that must be undone (a bubble that may be on), in ms, by the clock that shows less. */
export function minAge(since: Moment, now: Moment): number {
  return Math.max(0, Math.min(now.monotonic - since.monotonic, now.wall - since.wall))
}

/** The age of a message that may still arrive, in ms, by the clock that nobody can set and that only stops for sleep. */
export function monotonicAge(since: Moment, now: Moment): number {
  return now.monotonic - since.monotonic
}
