let segmenter: Intl.Segmenter | undefined

/** Letters and signs that are one character each, unless something else stands beside them. */
const plain = String.raw`[\t\n\x20-\x7E\u00A0-\u00A8\u00AA-\u00AC\u00AF-\u02FF\u0370-\u0482\u048A-\u052F\u05D0-\u05EA\u0620-\u064A\u2010-\u2027\u20A0-\u20BF\u3000-\u3029\u3041-\u3096\u309B-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF9D]`
const plainRuns = new RegExp(`${plain}{2,}`, 'g')
const plainPair = new RegExp(`^${plain}{2}$`)

/** How many characters people see in a text: an emoji or a flag is one, however it is made. */
export function countCharacters(text: string): number {
  let count = 0
  let counted = 0
  // To segment it all would cost a fifth of a second with each key at a megabyte.
  for (const { 0: run, index } of text.matchAll(plainRuns)) {
    // What stands before and after the run may join its ends.
    count += countSegments(text.slice(counted, index + 1)) + run.length - 2
    counted = index + run.length - 1
  }
  return count + countSegments(text.slice(counted))
}

/** Whether a character surely ends here, whatever else the text holds. */
export function isSurelyBetween(text: string, at: number): boolean {
  return at > 0 && plainPair.test(text.slice(at - 1, at + 1))
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
