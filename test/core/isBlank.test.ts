import { describe, expect, it } from 'vitest'
import { isBlank } from '../../src/core/isBlank.js'

describe('a text', () => {
  it.each([
    '',
    ' ',
    '\n',
    '\t',
    '\u200B',
    '\uFEFF',
    '\u00A0',
    '\u3000',
    '\u200D',
    '\u2060',
    '\u00AD',
    ' \u200B\n',
    '\u2800',
  ])('of %j is blank (row 57)', (text) => {
    expect(isBlank(text)).toBe(true)
  })

  it.each(['a', ' a', '👍🏽', '.', '\u200Ba', 'ㅎ', '。', '0'])('of %j is not (row 57)', (text) => {
    expect(isBlank(text)).toBe(false)
  })
})
