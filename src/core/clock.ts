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
  monotonic: number
  wall: number
}

/** The present: read once on entering the library, so that one pass has one time. */
export interface Now extends Moment {
  read: () => void
  /** A copy that stays. */
  moment: () => Moment
  /** How old something is that is relied on (a wish, a bubble, a wait): the greater of both clocks. */
  relianceAge: (since: Moment) => number
  /** How old something is that must be undone (a bubble that may be on): the lesser of both clocks. */
  residueAge: (since: Moment) => number
}

export function createNow(clock: Clock): Now {
  const now: Now = {
    monotonic: 0,
    wall: 0,
    read() {
      now.monotonic = clock.monotonic()
      now.wall = clock.wall()
    },
    moment: () => ({ monotonic: now.monotonic, wall: now.wall }),
    relianceAge: (since) => Math.max(0, now.monotonic - since.monotonic, now.wall - since.wall),
    residueAge: (since) => Math.max(0, Math.min(now.monotonic - since.monotonic, now.wall - since.wall)),
  }
  now.read()
  return now
}
