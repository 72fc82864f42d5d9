import { ExpiringMap } from './expiringMap.js'

/** Stops that were answered without being made, because a newer start of the same lane took their place. */
export interface SkippedStops {
  readonly note: (lane: string, number: number) => void
  /**
   * Notes that a call has ended. A stop that was skipped for it, or before it, is no longer remembered.
   *
   * @returns whether there was one.
   */
  readonly end: (lane: string, number: number, hasLanded: boolean) => boolean
}

/**
 * Remembers skipped stops, because they are owed if the start in their place fails.
 *
 * @param memory for how long, in milliseconds.
 */
export function createSkippedStops(memory: number): SkippedStops {
  const lanes = new ExpiringMap<{ skipped: number; landed: number; endsAt: number }>()

  function open(lane: string) {
    const now = performance.now()
    const known = lanes.get(lane, now) ?? { skipped: -1, landed: -1, endsAt: 0 }
    known.endsAt = now + memory
    lanes.set(lane, known, now)
    return known
  }

  return {
    note(lane, number) {
      const known = open(lane)
      // What took its place may have landed before it was skipped.
      if (number > known.landed) known.skipped = Math.max(known.skipped, number)
    },

    end(lane, number, hasLanded) {
      const known = open(lane)
      if (hasLanded) known.landed = Math.max(known.landed, number)
      const isOver = known.skipped >= 0 && known.skipped < number
      if (isOver) known.skipped = -1
      return isOver
    },
  }
}
