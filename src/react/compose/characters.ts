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

/** Two or more of the letters and signs that are one character each, unless something else stands beside them. */
const plain =
  /[\t\n\x20-\x7E\u00A0-\u00A8\u00AA-\u00AC\u00AF-\u02FF\u0370-\u0482\u048A-\u052F\u05D0-\u05EA\u0620-\u064A\u2010-\u2027\u20A0-\u20BF\u3000-\u3029\u3041-\u3096\u309B-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF9D]{2,}/g

/** How many characters people see in a text: an emoji or a flag is one, however it is made. */
export function countCharacters(text: string): number {
  let count = 0
  let counted = 0
  // To segment it all would cost a fifth of a second with each key at a megabyte.
  for (const { 0: run, index } of text.matchAll(plain)) {
    // What stands before and after the run may join its ends.
    count += countSegments(text.slice(counted, index + 1)) + run.length - 2
    counted = index + run.length - 1
  }
  return count + countSegments(text.slice(counted))
}

function countSegments(text: string): number {
  if (text.length < 2) return text.length
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
