import { countCharacters } from '../countCharacters.js'

/** What a limit says about a text. */
export interface LimitState {
  /** How many characters are left, below zero when there are too many; `null` while the limit is far. */
  readonly remaining: number | null
  readonly isOverLimit: boolean
}

/**
 * Measures a text against a limit. Near is a tenth of the limit or twenty characters, but never more than half of it.
 *
 * @param count how long a text is, in the unit of the limit. @default characters as people see them
 */
export function measure(
  text: string,
  limit: number | null | undefined,
  count: ((text: string) => number) | null | undefined,
): LimitState {
  const far = { remaining: null, isOverLimit: false }
  if (limit == null || limit === Infinity) return far
  const margin = Math.min(Math.max(20, limit / 10), limit / 2)
  // No character is shorter than a code unit, so most texts need no counting.
  if (count == null && text.length < limit - margin) return far
  const remaining = limit - (count ?? countCharacters)(text)
  return remaining > margin ? far : { remaining, isOverLimit: remaining < 0 }
}
