import { TypingError, type TypingErrorInit } from '../../src/core/typingError.js'
import { describe, expect, it } from 'vitest'
import { linqFailures } from '../../src/linq/failures.js'

const { read, waitAfter, waitForNetwork } = linqFailures
const seconds = (...list: number[]) => list.map((second) => second * 1_000)
const inARow = (init: TypingErrorInit, count = 6) =>
  Array.from({ length: count }, (_, index) => waitAfter(new TypingError(init), index + 1))

describe('the wait after', () => {
  const passing = seconds(2, 5, 15, 30, 30, 30)
  const long = seconds(30, 30, 30, 30, 30, 30)
  const doubling = seconds(30, 60, 120, 240, 300, 300)
  it.each<[string, TypingErrorInit, number[]]>([
    ['a failure of the network', { reason: 'network' }, passing],
    ['a timeout', { reason: 'timeout' }, passing],
    ['a failure while offline', { reason: 'offline' }, passing],
    ['a failure of the server', { reason: 'server', status: 500 }, passing],
    ['a failure of the server with a code', { reason: 'server', status: 500, code: 3001 }, passing],
    ['a failure that a fetcher calls the server’s', { reason: 'server' }, passing],
    ['a redirect', { reason: 'server', status: 399 }, passing],
    ['a refusal that nobody knows', { reason: 'server', status: 400 }, long],
    ['another that nobody knows', { reason: 'server', status: 499 }, long],
    ['a line that is down', { reason: 'server', status: 503, code: 4004 }, long],
    ['a line that is offline', { reason: 'server', status: 500, code: 4002 }, long],
    ['a code beside theirs', { reason: 'server', status: 500, code: 4003 }, passing],
    ['a web page', { reason: 'server', status: 200, isSetupMistake: true }, long],
    ['a chat that is not ready', { reason: 'busy', status: 409 }, seconds(3, 3, 3, 3, 3, 3)],
    ['a limit that names no time', { reason: 'rate-limited', status: 429 }, long],
    ['a refusal that nobody who knows has signed', { reason: 'not-found', isFinal: false }, doubling],
    ['a caller who is not recognised', { reason: 'unauthorized', status: 401 }, doubling],
  ])('%s', (_, init, waits) => {
    expect(inARow(init)).toEqual(waits)
  })

  it.each<[string, TypingErrorInit, number]>([
    ['a limit is as long as it says', { reason: 'rate-limited', retryAfter: 7_000 }, 7_000],
    ['a limit is a second at the least', { reason: 'rate-limited', retryAfter: 0 }, 1_000],
    ['a limit is five minutes at the most', { reason: 'rate-limited', retryAfter: 1e9 }, 300_000],
    [
      'a limit that says no number is as long as one that names no time',
      { reason: 'rate-limited', retryAfter: NaN },
      30_000,
    ],
    [
      'a limit that says a word is as long as one that names no time',
      { reason: 'rate-limited', retryAfter: 'soon' as unknown as number },
      30_000,
    ],
    [
      'a limit that says null is as long as one that names no time',
      { reason: 'rate-limited', retryAfter: null as unknown as number },
      30_000,
    ],
    ['another failure is what its answer asks for', { reason: 'busy', retryAfter: 7_000 }, 7_000],
    ['another failure is no shorter than its own', { reason: 'busy', retryAfter: 2_000 }, 3_000],
    ['another failure that says no number is its own', { reason: 'busy', retryAfter: NaN }, 3_000],
    ['endless patience is five minutes', { reason: 'server', retryAfter: Infinity }, 300_000],
  ])('%s', (_, init, wait) => {
    expect(waitAfter(new TypingError(init), 1)).toBe(wait)
  })

  it('a network that is back is two seconds', () => {
    expect(waitForNetwork).toBe(2_000)
  })
})

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
      { reason: 'not-found', status: 404, code: 2001, isFinal: true },
    ],
    ['a status of 300 is an answer’s', foreign({ status: 300 }), { reason: 'server', status: 300 }],
    ['a status below is none', foreign({ status: 299 }), { reason: 'network', status: undefined }],
    ['a status in words is none', foreign({ status: '404' }), { reason: 'network', status: undefined }],
    [
      'an answer’s wait and trace are kept',
      foreign({ status: 429, retryAfter: 9, traceId: 't' }),
      { reason: 'rate-limited', retryAfter: 9, traceId: 't' },
    ],
    [
      'what is no number or text is not',
      foreign({ status: 429, code: '2001', retryAfter: '9', traceId: 9 }),
      { reason: 'rate-limited', code: undefined, retryAfter: undefined, traceId: undefined },
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
      foreign({ name: 'TypingError', reason: 'gone', status: '410', isFinal: 'no' }),
      { reason: 'gone', status: undefined, isFinal: true },
    ],
    [
      'a TypingError with a reason that nobody knows is read like any other',
      foreign({ name: 'TypingError', reason: 'bored', status: 404 }),
      { reason: 'not-found' },
    ],
    ['a reason without the name is none', foreign({ reason: 'gone' }), { reason: 'network' }],
  ])('%s', (_, thrown, error) => {
    expect(read(thrown)).toBeInstanceOf(TypingError)
    expect(read(thrown)).toMatchObject(error)
    expect(read(thrown).cause).toBe(thrown)
  })
})
