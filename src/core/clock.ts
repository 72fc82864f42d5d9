/**
 * Where the library reads the time and sets its timers. The globals are looked up at each call, so that fake
 * timers installed at any moment are the ones in use.
 */
export interface Clock {
  /** Milliseconds that only grow, but stand still while the machine sleeps. */
  monotonic: () => number
  /** Epoch milliseconds: they run on during sleep, and jump when the clock is set. */
  wall: () => number
  setTimeout: (run: () => void, delay: number) => unknown
  clearTimeout: (timer: unknown) => void
}

export const systemClock: Clock = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
  setTimeout: (run, delay) => setTimeout(run, delay),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
}

/** One moment, by both clocks. */
export interface Moment {
  readonly monotonic: number
  readonly wall: number
}

export function readClock(clock: Clock): Moment {
  return { monotonic: clock.monotonic(), wall: clock.wall() }
}

/** The age of something that is relied on (a wish, a bubble that is on, a wait), in ms: the greater of both clocks. */
export function maxAge(since: Moment, now: Moment): number {
  return Math.max(0, now.monotonic - since.monotonic, now.wall - since.wall)
}

/** The age of something that must be undone (a bubble that may be on), in ms: the lesser of both clocks. */
export function minAge(since: Moment, now: Moment): number {
  return Math.max(0, Math.min(now.monotonic - since.monotonic, now.wall - since.wall))
}

/** The age of a message that may yet arrive, in ms: by the clock that nobody sets, and that sleep only delays. */
export function monotonicAge(since: Moment, now: Moment): number {
  return now.monotonic - since.monotonic
}
