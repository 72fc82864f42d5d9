import { LinqAPIV3 } from '@linqapp/sdk'
import { createHttpFetcher, TypingError, type TypingFetcher, type TypingRequest } from 'react-linq-typing'
import { createSdkFetcher, createTypingProxy } from 'react-linq-typing/server'
import { createLinqEmulator, type LinqEmulator } from 'react-linq-typing/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linqFailures as failurePolicy } from '../../src/linq/failures.js'
import { linqFailures, now } from './linqAnswers.js'

const traceId = '0'.repeat(31) + '1'

const client = (linq: LinqEmulator) => new LinqAPIV3({ apiKey: 'key', fetch: linq.fetch })

/** The three ways from a page's or a server's code to Linq. */
const ways = {
  straight: (linq: LinqEmulator) =>
    createHttpFetcher({ baseUrl: 'http://linq.test/api/partner', fetch: linq.fetch }),
  sdk: (linq: LinqEmulator) => createSdkFetcher(client(linq)),
  proxied: (linq: LinqEmulator, timeout?: number) => {
    const proxy = createTypingProxy({ linq: client(linq), authorize: () => true, timeout })
    return createHttpFetcher({
      baseUrl: '/api/linq',
      fetch: (url, init) =>
        proxy(
          new Request(`https://app.test${url}`, { ...init, headers: { 'Sec-Fetch-Site': 'same-origin' } }),
        ),
    })
  },
} satisfies Record<string, (linq: LinqEmulator) => TypingFetcher>

async function failureOf(fetcher: TypingFetcher, request: Partial<TypingRequest>): Promise<TypingError> {
  const { signal } = new AbortController()
  const error = await fetcher({ chatId: '', action: 'start', signal, keepalive: false, ...request }).then(
    () => expect.unreachable('accepted'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(TypingError)
  return error as TypingError
}

const waitOf = (error: TypingError) => (error.isFinal ? null : failurePolicy.waitAfter(error, 1))

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now })
})

afterEach(() => {
  vi.useRealTimers()
})

describe.each(['start', 'stop'] as const)('a %s that Linq answers with', (action) => {
  describe.each(linqFailures)('$what', ({ journey, reason, code, retryAfter, wait, ...failure }) => {
    function setUp() {
      const linq = createLinqEmulator({ network: () => journey })
      return { linq, request: { chatId: linq.addChat(), action } }
    }
    const said = { code, traceId, retryAfter }

    it.each(['straight', 'sdk'] as const)(`is ${reason}: %s`, async (way) => {
      const { linq, request } = setUp()
      const error = await failureOf(ways[way](linq), request)
      expect(error).toMatchObject({ reason, status: journey.answer?.status, ...said, isFinal: wait === null })
      expect(waitOf(error)).toBe(wait)
      expect(linq.calls).toHaveLength(1)
    })

    const [status, proxiedReason = reason] = failure.proxied
    // That the token is bad is no page's business, and a 404 looks like that for a chat of somebody else's (row 131).
    const told = {
      ...said,
      ...(reason === 'unauthorized' && { code: undefined }),
      ...(proxiedReason === 'not-found' && { code: undefined, traceId: undefined }),
    }
    it(`is ${proxiedReason} through the proxy, with status ${status}`, async () => {
      const { linq, request } = setUp()
      const error = await failureOf(ways.proxied(linq), request)
      expect(error).toMatchObject({ reason: proxiedReason, status, ...told, isFinal: wait === null })
      expect(waitOf(error)).toBe(failure.proxiedWait ?? wait)
      expect(linq.calls).toHaveLength(1)
    })
  })
})

describe('a call without an answer', () => {
  const nothing = { code: undefined, traceId: undefined, retryAfter: undefined, isFinal: false }

  it.each([
    ['straight', undefined],
    ['sdk', undefined],
    ['proxied', 502],
  ] as const)('whose connection breaks is network: %s', async (way, status) => {
    for (const journey of [{ up: 'reset' }, { down: 'reset' }] as const) {
      const linq = createLinqEmulator({ network: () => journey })
      const error = await failureOf(ways[way](linq), { chatId: linq.addChat() })
      expect(error).toMatchObject({ reason: 'network', status, ...nothing })
      expect(waitOf(error)).toBe(2_000)
    }
  })

  it.each(['straight', 'sdk'] as const)('that is given up is a timeout: %s', async (way) => {
    const linq = createLinqEmulator({ network: () => ({ up: 'lost' }) })
    const controller = new AbortController()
    const failing = failureOf(ways[way](linq), { chatId: linq.addChat(), signal: controller.signal })
    await vi.waitUntil(() => linq.calls.length > 0)
    controller.abort()
    const error = await failing
    expect(error).toMatchObject({ reason: 'timeout', status: undefined, ...nothing })
    expect(waitOf(error)).toBe(2_000)
  })

  it('that the proxy gave up is a timeout', async () => {
    // The timers too: a second call would change nothing.
    vi.useRealTimers()
    vi.useFakeTimers({ now })
    const linq = createLinqEmulator({ network: () => ({ up: 'lost' }) })
    const failing = failureOf(ways.proxied(linq, 5_000), { chatId: linq.addChat() })
    await vi.advanceTimersByTimeAsync(5_000)
    const error = await failing
    expect(error).toMatchObject({ reason: 'timeout', status: 504, ...nothing })
  })
})

describe('a chat id that is not a UUID', () => {
  it.each([
    ['straight', 400, 1005, 1],
    ['sdk', undefined, undefined, 0],
    ['proxied', 422, undefined, 0],
  ] as const)('is invalid: %s', async (way, status, code, calls) => {
    const linq = createLinqEmulator()
    const error = await failureOf(ways[way](linq), { chatId: 'chat/1?x=%2F' })
    expect(error).toMatchObject({ reason: 'invalid', status, code, isFinal: true })
    expect(linq.calls).toHaveLength(calls)
  })
})

describe('an acceptance', () => {
  it.each(['straight', 'sdk', 'proxied'] as const)('resolves to nothing: %s', async (way) => {
    const linq = createLinqEmulator()
    const chatId = linq.addChat()
    const request = { chatId, signal: new AbortController().signal, keepalive: false }
    await expect(ways[way](linq)({ ...request, action: 'start' })).resolves.toBeUndefined()
    expect(linq.recipientSees(chatId)).toBe(true)
    await expect(ways[way](linq)({ ...request, action: 'stop' })).resolves.toBeUndefined()
    expect(linq.recipientSees(chatId)).toBe(false)
  })
})
