import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isTypingErrorReason, TypingError, type TypingErrorReason } from '../../src/core/typingError.js'

const reasons: [TypingErrorReason, isFinal: boolean, isSetupMistake: boolean][] = [
  ['invalid', true, true],
  ['forbidden', true, false],
  ['not-found', true, false],
  ['gone', true, false],
  ['unsupported', true, false],
  ['unauthorized', false, false],
  ['busy', false, false],
  ['rate-limited', false, false],
  ['server', false, false],
  ['network', false, false],
  ['timeout', false, false],
  ['offline', false, false],
]

describe('a typing error', () => {
  it.each(reasons)(
    'by %s is final: %s, and a mistake in the set-up: %s',
    (reason, isFinal, isSetupMistake) => {
      expect(new TypingError({ reason })).toMatchObject({
        name: 'TypingError',
        reason,
        isFinal,
        isSetupMistake,
      })
    },
  )

  it.each(reasons)('by %s says what happened and what to do, and where to read on', (reason) => {
    const { message } = new TypingError({ reason })
    expect(message).toMatch(
      new RegExp(
        `^Typing call failed: [a-z][^.]+\\. [A-Z][^.]+\\. More: [\\w-]+/docs/errors\\.md#${reason}$`,
      ),
    )
    expect(readFileSync('docs/errors.md', 'utf8')).toContain(`## ${reason}\n`)
  })

  it('says no two reasons alike', () => {
    const happened = reasons.map(([reason]) => /: (.+?)\./.exec(new TypingError({ reason }).message)?.[1])
    expect(new Set(happened).size).toBe(reasons.length)
  })

  it.each<[object, string]>([
    [{}, 'failed. '],
    [{ status: 500 }, 'failed (status 500). '],
    [{ code: 3001 }, 'failed (code 3001). '],
    [{ status: 500, code: 3001, traceId: 't1' }, 'failed (status 500, code 3001, trace t1). '],
  ])('names what is known of the answer: %o', (known, text) => {
    expect(new TypingError({ reason: 'server', ...known }).message).toContain(text)
  })

  it('is told otherwise where something is known better', () => {
    const error = new TypingError({
      reason: 'invalid',
      isFinal: false,
      isSetupMistake: false,
      explanation: { happened: 'that was no chat', remedy: 'Pass one' },
    })
    expect(error).toMatchObject({ isFinal: false, isSetupMistake: false })
    expect(error.message).toMatch(/^Typing call failed: that was no chat\. Pass one\. More: /)
    expect(new TypingError({ reason: 'server', isFinal: true, isSetupMistake: true })).toMatchObject({
      isFinal: true,
      isSetupMistake: true,
    })
  })

  it('keeps what it was told', () => {
    const cause = new Error('x')
    const facts = { status: 429, code: 1007, traceId: 't1', retryAfter: 9, cause }
    expect(new TypingError({ reason: 'rate-limited', ...facts })).toMatchObject(facts)
    expect('cause' in new TypingError({ reason: 'server' })).toBe(false)
  })
})

it.each([
  ['busy', true],
  ['bored', false],
  ['toString', false],
  [5, false],
  [undefined, false],
])('%s is a reason: %s', (word, answer) => {
  expect(isTypingErrorReason(word)).toBe(answer)
})
