import { describe, expect, it } from 'vitest'
import { readFailure } from '../../src/core/readFailure.js'
import { TypingError } from '../../src/core/typingError.js'

/** A service by which every answer but 599 means the same: the chat isn't ready. */
const read = (thrown: unknown) =>
  readFailure(thrown, (refusal) => {
    if (refusal.status === 599) throw new Error('unreadable')
    return new TypingError({ ...refusal, reason: 'busy' })
  })

const secret = 'line +12025550123 of tenant acme'

describe('what a fetcher throws', () => {
  it('is taken as it is where it is a TypingError', () => {
    const error = new TypingError({ reason: 'busy' })
    expect(read(error)).toBe(error)
  })

  const foreign = (fields: object) => Object.assign(new Error('x'), fields)
  const unread = {
    get status() {
      throw new Error('no')
    },
  }
  it.each<[string, unknown, object]>([
    ['a string is a failure of the network', 'no', { reason: 'network', status: undefined }],
    ['nothing is, too', undefined, { reason: 'network' }],
    ['null is, too', null, { reason: 'network' }],
    [
      'a function is, whatever hangs on it',
      Object.assign(() => 0, { status: 404 }),
      { reason: 'network', status: undefined },
    ],
    ['what can’t be read is, too', unread, { reason: 'network' }],
    [
      'a TimeoutError is a timeout',
      foreign({ name: 'TimeoutError' }),
      { reason: 'timeout', status: undefined },
    ],
    ['an AbortError is not', foreign({ name: 'AbortError' }), { reason: 'network' }],
    [
      'a status is an answer’s, with its code',
      foreign({ status: 404, code: 2001 }),
      { reason: 'busy', status: 404, code: 2001, isFinal: false },
    ],
    ['a status of 300 is an answer’s', foreign({ status: 300 }), { reason: 'busy', status: 300 }],
    ['a status below is none', foreign({ status: 299 }), { reason: 'network', status: undefined }],
    ['a status in words is none', foreign({ status: '404' }), { reason: 'network', status: undefined }],
    [
      'an answer’s wait and trace are kept',
      foreign({ status: 429, retryAfter: 9, traceId: 't' }),
      { reason: 'busy', retryAfter: 9, traceId: 't' },
    ],
    [
      'what is no number or text is not',
      foreign({ status: 429, code: '2001', retryAfter: '9', traceId: 9 }),
      { reason: 'busy', code: undefined, retryAfter: undefined, traceId: undefined },
    ],
    [
      'the TypingError of another copy of the package is read field by field',
      foreign({
        name: 'TypingError',
        reason: 'gone',
        status: 410,
        code: 7,
        retryAfter: 9,
        traceId: 't',
        isFinal: false,
      }),
      { reason: 'gone', status: 410, code: 7, retryAfter: 9, traceId: 't', isFinal: false },
    ],
    [
      'of its fields those that are none are left out',
      foreign({ name: 'TypingError', reason: 'gone', status: '410', isFinal: 'no', isSetupMistake: 'yes' }),
      { reason: 'gone', status: undefined, isFinal: true, isSetupMistake: false },
    ],
    [
      'a TypingError with a reason that nobody knows is read like any other',
      foreign({ name: 'TypingError', reason: 'bored', status: 404 }),
      { reason: 'busy' },
    ],
    [
      'an answer that the service fails to read is a failure of the network',
      foreign({ status: 599 }),
      { reason: 'network' },
    ],
    ['a reason without the name is none', foreign({ reason: 'gone' }), { reason: 'network' }],
  ])('%s', (_, thrown, error) => {
    expect(read(thrown)).toBeInstanceOf(TypingError)
    expect(read(thrown)).toMatchObject(error)
    expect(read(thrown).cause).toBe(thrown)
  })

  it('keeps the words of another copy’s TypingError, and whether it is a mistake in the set-up (row 110)', () => {
    const explanation = { happened: '/api/typing answered with a web page', remedy: 'Check it' }
    const error = new TypingError({ reason: 'server', status: 404, isSetupMistake: true, explanation })
    const { name, message, reason, status, isSetupMistake } = error
    const theirs = foreign({ name, message, reason, status, isSetupMistake })
    expect(read(theirs)).toMatchObject({ message, reason, status, isSetupMistake })
  })

  it.each(['not ours', 7, `Oh: ${new TypingError({ reason: 'server' }).message}`])(
    'keeps no words that aren’t those of a TypingError: %s',
    (message) => {
      const theirs = foreign({ name: 'TypingError', reason: 'server', message })
      expect(read(theirs).message).toBe(new TypingError({ reason: 'server' }).message)
    },
  )

  it.each([
    { status: 500, traceId: secret },
    { status: 500, traceId: 'a'.repeat(65) },
    { status: 500, traceId: '' },
    { name: 'TypingError', reason: 'server', traceId: secret },
  ])('has no trace id that is none, so that the message quotes nothing of the upstream: %j', (fields) => {
    const { traceId, message } = read(foreign(fields))
    expect(traceId).toBeUndefined()
    expect(message).not.toMatch(/acme|trace/)
  })
})
