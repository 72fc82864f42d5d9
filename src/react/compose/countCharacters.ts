/** Texts longer than this are measured in code units: segmenting them would make every key slow. */
const longest = 100_000

/**
 * Matches pieces of some thousand units, each ending between two ASCII characters, where no cluster continues. In older engines,
 * the time to segment a text grows with the square of its length.
 */
const pieces = /[^]{1000,}?[ -~](?=[ -~])|[^]+$/g

let segmenter: Intl.Segmenter | undefined

/** How many characters people see in a text: an emoji or a flag is one. Beyond 100,000 code units, the code units count. */
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
