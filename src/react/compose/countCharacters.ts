/** Texts longer than this are measured in code units: segmenting them would make every key slow. */
const longest = 100_000

/**
 * Some thousand units each, up to two ASCII characters that no cluster joins. Older engines segment a long text in a time
 * that grows with the square of its length.
 */
const pieces = /[^]{1000,}?[ -~](?=[ -~])|[^]+$/g

let segmenter: Intl.Segmenter | undefined

/** How many characters people see in a text: an emoji or a flag is one. Beyond 100,000 code units, how many of those. */
export function countCharacters(text: string): number {
  if (text.length > longest) return text.length
  if (typeof Intl.Segmenter === 'undefined') return Array.from(text).length
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  let count = 0
  for (const piece of text.match(pieces) ?? []) {
    const characters = segmenter.segment(piece)[Symbol.iterator]()
    while (characters.next().done !== true) count++
  }
  return count
}
