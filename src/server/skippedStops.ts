import { linqPolicy } from '../linq/policy.js'
import { ExpiringMap } from './expiringMap.js'

/** A start that failed, and by which the stop it displaced can be made. */
export interface FailedStart<Turn> {
  readonly number: number
  readonly turn: Turn
}

/** Stops that were answered without being made, because a newer start of the same lane took their place. */
export interface SkippedStops<Turn> {
  /**
   * Notes a skipped stop.
   *
   * @returns the start that took its place, if that has already failed.
   */
  readonly note: (lane: string, number: number) => FailedStart<Turn> | undefined
  /** Notes that a call has landed. The stops that were skipped before it mean nothing any more. */
  readonly landed: (lane: string, number: number) => void
  /**
   * Notes that a start has failed.
   *
   * @returns whether a stop was skipped before it.
   */
  readonly failed: (lane: string, start: FailedStart<Turn>) => boolean
}

interface Lane<Turn> {
  skipped: number
  landed: number
  failed: FailedStart<Turn> | undefined
  endsAt: number
}

/** Remembers skipped stops, because they are owed if the start in their place fails. */
export function createSkippedStops<Turn>(): SkippedStops<Turn> {
  const lanes = new ExpiringMap<Lane<Turn>>()

  function open(name: string): Lane<Turn> {
    const now = performance.now()
    const lane = lanes.get(name, now) ?? { skipped: 0, landed: 0, failed: undefined, endsAt: 0 }
    // After that, no bubble is left to stop.
    lane.endsAt = now + linqPolicy.maxLifetime
    lanes.set(name, lane, now)
    return lane
  }

  return {
    note(name, number) {
      const lane = open(name)
      const { failed } = lane
      if (failed !== undefined && number < failed.number) {
        lane.failed = undefined
        return failed
      }
      lane.skipped = number
      return undefined
    },

    landed(name, number) {
      const lane = open(name)
      lane.landed = Math.max(lane.landed, number)
    },

    failed(name, start) {
      const lane = open(name)
      const hasSkipped = lane.skipped > lane.landed && lane.skipped < start.number
      if (hasSkipped) lane.skipped = 0
      else if (lane.failed === undefined || lane.failed.number < start.number) lane.failed = start
      return hasSkipped
    },
  }
}
