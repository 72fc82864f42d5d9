import { describe, expect, it } from 'vitest'
import { countCharacters } from '../../../src/react/compose/countCharacters.js'

describe('characters count as in Intl.Segmenter', () => {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  // Among them what joins the one before it, the one after it, or both.
  const parts = [
    ...['a', 'é', 'я', 'ש', 'ب', '漢', 'か', '한', 'カ', '…', '€', ' ', '\n', '\t', '©'],
    ...['👨‍👩‍👧‍👦', '🇨', '🇭', '🏽', '\u0301', '\u200D', '\uFE0F', '\u20E3', '\u0600', '\u1112', '\u1161', '\u11AB'],
    ...['\u0915', '\u094D', '\u3099', '\uFF9E', '\u0483', '\u064B', '\u00AD', '\u0E33', '\uD83D'],
  ]
  let seed = 1
  const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
  const some = (atLeast: number, below: number) =>
    Array.from({ length: atLeast + next(below) }, () => parts[next(parts.length)]).join('')
  const compare = (text: string) => expect(countCharacters(text)).toBe([...segmenter.segment(text)].length)

  it('for any mix of characters (row 82)', () => {
    for (let turn = 0; turn < 300; turn++) compare(some(3, 12))
  })

  it.each([
    ['short', '', 200],
    // Just so long that the edits are where it is cut: the engine's own count takes a time that grows with the square.
    ['long', 'plain words, and then some '.repeat(37), 60],
  ])('wherever someone edits a %s text (row 82)', (_, start, turns) => {
    let text = `${start}${some(5, 1)}${start}`
    for (let turn = 0; turn < turns; turn++) {
      const at = Math.max(0, text.length - start.length - 10 + next(20))
      text = text.slice(0, at) + some(0, 3) + text.slice(at + next(3))
      if (text.length < 4) text += some(5, 1)
      compare(text)
    }
  })

  it.each([
    ['joins the one before it', '\u0301'],
    ['joins the one after it', '\u0600'],
  ])('wherever the first mark of a long text stands, if it %s (row 82)', (_, mark) => {
    for (let length = 990; length < 1_010; length++) compare(`${'a'.repeat(length)}${mark} and more`)
  })
})
