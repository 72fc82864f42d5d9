import { createRecount } from './recount.js'

/** What a limit says of a text. */
export interface LimitState {
  /** How many characters are left, below zero when there are too many; `null` while the limit is far. */
  remaining: number | null
  isOver: boolean
}

/**
 * Measures a text against a limit. Near is a tenth of the limit or twenty characters, but never more than half of it.
 *
 * @param count how long a text is, in the unit of the limit. @default characters as people see them
 */
export type Measure = (
  text: string,
  limit: number | null | undefined,
  count: ((text: string) => number) | null | undefined,
) => LimitState

const far: LimitState = { remaining: null, isOver: false }

/** Measures the texts of one field, each of which grew out of the one before. */
export function createMeasure(): Measure {
  const recount = createRecount()

  return (text, limit, count) => {
    if (limit == null || limit === Infinity) return far
    const margin = Math.min(Math.max(20, limit / 10), limit / 2)
    // No character is shorter than a code unit: most texts need no counting.
    if (count == null && text.length < limit - margin) return far
    const remaining = limit - (count ?? recount)(text)
    return remaining > margin ? far : { remaining, isOver: remaining < 0 }
  }
}
