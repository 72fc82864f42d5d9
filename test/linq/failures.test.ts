import { TypingError, type TypingErrorInit } from '../../src/core/typingError.js'
import { describe, expect, it } from 'vitest'
import { linqFailures } from '../../src/linq/failures.js'

const { waitAfter, waitForNetwork } = linqFailures
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
