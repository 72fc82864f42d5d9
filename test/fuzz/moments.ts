/** One moment by the true time and by both clocks of the page, in milliseconds. */
export interface Moment {
  readonly at: number
  /** Runs evenly, and stands still while the machine sleeps. */
  readonly mono: number
  /** Epoch; runs on during sleep, and jumps when someone sets it. */
  readonly wall: number
}

/** How old something is that is relied on (a wish, a bubble that is on, a wait): the greater of both clocks. */
export const reliedAge = (since: Moment, now: Moment): number =>
  Math.max(0, now.mono - since.mono, now.wall - since.wall)

/** How old something is that must be undone (a bubble that may be on): the lesser of both clocks. */
export const undoneAge = (since: Moment, now: Moment): number =>
  Math.max(0, Math.min(now.mono - since.mono, now.wall - since.wall))

/** How old a delivery is that may wipe a bubble, and how long a timer of the page has run: the monotonic clock alone. */
export const timerAge = (since: Moment, now: Moment): number => now.mono - since.mono

/** The moment `ms` later, where both clocks run evenly. */
export const later = ({ at, mono, wall }: Moment, ms: number): Moment => ({
  at: at + ms,
  mono: mono + ms,
  wall: wall + ms,
})

/** By how much the wall clock strays from the monotonic one; equal at two moments between which nobody touched a clock. */
export const drift = ({ mono, wall }: Moment): number => wall - mono
