/** Texts longer than this are measured in code units: segmenting them would make every key slow. */
const longest = 100_000

let segmenter: Intl.Segmenter | undefined

/** How many characters people see in a text: an emoji or a flag is one. Beyond 100,000 code units, how many of those. */
export function countCharacters(text: string): number {
  if (text.length > longest) return text.length
  if (typeof Intl.Segmenter === 'undefined') return Array.from(text).length
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  let count = 0
  const characters = segmenter.segment(text)[Symbol.iterator]()
  while (characters.next().done !== true) count++
  return count
}
