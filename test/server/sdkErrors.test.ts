import { LinqAPIV3 } from '@linqapp/sdk'
import { TypingError as PageError, type TypingRequest } from 'react-linq-typing'
import {
  createSdkFetcher,
  type LinqTypingCall,
  TypingError,
  type TypingErrorInit,
  type TypingErrorReason,
} from 'react-linq-typing/server'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest'

const request: TypingRequest = {
  chatId: '00000000-0000-4000-8000-000000000001',
  action: 'start',
  signal: new AbortController().signal,
  keepalive: false,
}

/** What the fetcher throws when the client's call does this. */
async function thrownFor(start: LinqTypingCall): Promise<TypingError> {
  return createSdkFetcher({ chats: { typing: { start, stop: start } } })(request).then(
    () => expect.unreachable(),
    (error: unknown) => error as TypingError,
  )
}

const rejecting = (error: unknown) => thrownFor(() => Promise.reject(error))

afterEach(() => {
  vi.useRealTimers()
})

describe('what a client throws', () => {
  it('becomes the TypingError of both entries', async () => {
    expect(TypingError).toBe(PageError)
    expectTypeOf<TypingErrorInit['reason']>().toEqualTypeOf<TypingErrorReason>()
    expect(await rejecting(new Error('boom'))).toBeInstanceOf(TypingError)
  })

  it('holds Linq’s code in the envelope, or in its error alone', async () => {
    const error = { code: 2013, message: 'Left', retry_after: 7 }
    const whole = await rejecting({ status: 409, error: { error, trace_id: 'abc1' } })
    expect(whole).toMatchObject({
      reason: 'gone',
      status: 409,
      code: 2013,
      traceId: 'abc1',
      retryAfter: 7_000,
    })
    expect(await rejecting({ status: 409, error })).toMatchObject({
      reason: 'gone',
      code: 2013,
      traceId: undefined,
      retryAfter: 7_000,
    })
  })

  it('holds the trace id and the wait in the headers too', async () => {
    const headers = new Headers({ 'X-Trace-ID': 'abc2', 'Retry-After': '12' })
    expect(await rejecting({ status: 429, headers })).toMatchObject({
      reason: 'rate-limited',
      traceId: 'abc2',
      retryAfter: 12_000,
    })
  })

  it.each([
    { error: 'Too many requests', retryAfter: 60 },
    { error: { reason: 'rate-limited', retryAfter: 60 } },
  ])('holds the wait of a gateway in seconds, and the header wins: %j (row 28)', async (error) => {
    expect(await rejecting({ status: 429, error })).toMatchObject({ retryAfter: 60_000 })
    const headers = new Headers({ 'Retry-After': '90' })
    expect(await rejecting({ status: 429, error, headers })).toMatchObject({ retryAfter: 90_000 })
  })

  it('may hold a trace id that is none, which is left out', async () => {
    const headers = new Headers({ 'X-Trace-ID': 'call +1 202 555 0100' })
    const { traceId, message } = await rejecting({
      status: 500,
      headers,
      error: { trace_id: 'a'.repeat(65) },
    })
    expect(traceId).toBeUndefined()
    expect(message).not.toContain('555')
  })

  it('is judged by its status, not by a reason in Linq’s answer', async () => {
    const error = { error: { reason: 'busy' } }
    expect(await rejecting({ status: 401, error })).toMatchObject({ reason: 'unauthorized' })
  })

  it.each([
    undefined,
    null,
    'down',
    42,
    new Error('boom'),
    {},
    { status: 'none' },
    { status: 500, headers: {} },
  ])('may be anything: %j', async (anything) => {
    const error = await rejecting(anything)
    expect(error).toBeInstanceOf(TypingError)
    expect(['network', 'server']).toContain(error.reason)
    expect(error.cause).toBe(anything)
  })

  it('may be thrown at once', async () => {
    const boom = new Error('boom')
    const error = await thrownFor(() => {
      throw boom
    })
    expect(error).toMatchObject({ reason: 'network', cause: boom })
  })

  it('is passed on where it is a TypingError', async () => {
    const error = new TypingError({ reason: 'gone' })
    expect(await rejecting(error)).toBe(error)
  })

  it('is a timeout by the name of what fetch throws', async () => {
    expect(await rejecting(new DOMException('', 'TimeoutError'))).toMatchObject({ reason: 'timeout' })
    expect(await rejecting(new DOMException('', 'AbortError'))).toMatchObject({ reason: 'network' })
  })

  it('is a timeout where the official client ran out of time', async () => {
    vi.useFakeTimers()
    const linq = createLinqEmulator({ network: () => ({ up: 'lost' }) })
    const fetcher = createSdkFetcher(new LinqAPIV3({ apiKey: 'key', fetch: linq.fetch }))
    let thrown: unknown
    fetcher(request).catch((error: unknown) => (thrown = error))
    await vi.advanceTimersByTimeAsync(4_999)
    expect(thrown).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(thrown).toMatchObject({ name: 'TypingError', reason: 'timeout', isFinal: false })
  })

  it('becomes the cause, and its text stays out of the message', async () => {
    const secret = 'recipient +12025550123 is on line 7'
    const body = JSON.stringify({ error: { status: 403, code: 2008, message: secret } })
    const linq = createLinqEmulator({ network: () => ({ answer: { status: 403, body } }) })
    const fetcher = createSdkFetcher(new LinqAPIV3({ apiKey: 'key', fetch: linq.fetch }))
    const error = (await fetcher(request).catch((thrown: unknown) => thrown)) as TypingError
    expect((error.cause as Error).message).toContain(secret)
    expect(error.message).not.toContain(secret)
    expect(error.message).toContain('this chat does not allow typing (status 403, code 2008, trace 0')
  })
})
