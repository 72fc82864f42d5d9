/** What a limit says of a text. */
export interface LimitState {
  /** How many characters are left, below zero when there are too many; `null` while the limit is far. */
  remaining: number | null
  isOver: boolean
}

const far: LimitState = { remaining: null, isOver: false }

/**
 * Measures a text against a limit. Near is a tenth of the limit or twenty characters, but never more than half of it.
 *
 * @param count how long a text is, in the unit of the limit. @default characters as people see them
 */
export function measure(
  text: string,
  limit: number | undefined,
  count?: (text: string) => number,
): LimitState {
  if (limit === undefined || limit === Infinity) return far
  const margin = Math.min(Math.max(20, limit / 10), limit / 2)
  // No character is shorter than a code unit: most texts need no counting.
  if (count === undefined && text.length < limit - margin) return far
  const remaining = limit - (count ?? countCharacters)(text)
  return remaining > margin ? far : { remaining, isOver: remaining < 0 }
}

let segmenter: Intl.Segmenter | undefined

/** How many characters people see in a text: an emoji or a flag is one, however it is made. */
export function countCharacters(text: string): number {
  if (/^[\n\x20-\x7E]*$/.test(text)) return text.length
  if (typeof Intl.Segmenter === 'undefined') return size(text)
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return size(segmenter.segment(text))
}

function size(parts: Iterable<unknown>): number {
  const iterator = parts[Symbol.iterator]()
  let count = 0
  while (iterator.next().done !== true) count++
  return count
}
