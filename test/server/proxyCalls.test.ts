import { getEventListeners } from 'node:events'
import { TypingError } from 'react-linq-typing'
import type { LinqJourney } from 'react-linq-typing/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { app, setUp, token } from './setUp.js'

/** A promise that is settled from outside. */
function hold() {
  let release = () => {}
  const promise = new Promise<void>((resolve) => (release = resolve))
  return { promise, release: () => release() }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('what reaches Linq', () => {
  it('is made of nothing that the browser sent', async () => {
    const { page, linq, chatId } = setUp()
    const headers = {
      'Sec-Fetch-Site': 'same-origin',
      Origin: app,
      Cookie: 'session=browser-secret',
      Authorization: 'Bearer browser-secret',
      'X-Forwarded-For': '10.0.0.1',
      'X-Csrf-Token': 'browser-secret',
      Referer: `${app}/chats`,
      'User-Agent': 'browser-secret',
      'X-Stainless-Retry-Count': '7',
    }
    await page('POST', chatId, { headers, body: 'browser-secret' })
    const sent = linq.calls[0]!.headers
    expect(sent).toMatchObject({ authorization: `Bearer ${token}`, 'x-stainless-retry-count': '0' })
    expect(JSON.stringify(sent)).not.toMatch(/browser-secret|app\.test|10\.0\.0\.1/)
    for (const name of ['cookie', 'origin', 'referer', 'x-forwarded-for', 'sec-fetch-site', 'x-csrf-token'])
      expect(sent).not.toHaveProperty(name)
    // What is left is the official client's own.
    const { linq: alone, sdk } = setUp()
    await sdk.chats.typing.start(chatId, { timeout: 5_000 })
    expect(Object.keys(sent)).toEqual(Object.keys(alone.calls[0]!.headers))
  })

  it.each<LinqJourney>([
    { answer: { status: 408 } },
    { answer: { status: 409, code: 2009 } },
    { answer: { status: 429, code: 1007, retryAfter: 0 } },
    { answer: { status: 503, code: 4004, headers: { 'x-should-retry': 'true' } } },
    { up: 'reset' },
    { down: 'reset' },
  ])('is one call, whatever the client’s defaults: %j (row 83)', async (journey) => {
    const { page, linq } = setUp({ network: () => journey, client: { maxRetries: 5 } })
    expect((await page('POST')).status).toBeGreaterThanOrEqual(409)
    expect(linq.calls).toHaveLength(1)
  })

  it('is no start that its page has since stopped: nothing is sent again (row 83)', async () => {
    vi.useFakeTimers()
    const failing: LinqJourney = { down: 1_000, answer: { status: 503, code: 4004, retryAfter: 5 } }
    const { page, linq, chatId } = setUp({
      network: ({ action }) => (action === 'start' ? failing : undefined),
    })
    const start = page('POST')
    await vi.advanceTimersByTimeAsync(500)
    expect((await page('DELETE')).status).toBe(204)
    await vi.advanceTimersByTimeAsync(300_000)
    expect((await start).status).toBe(502)
    expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'stop'])
    expect(linq.recipientSees(chatId)).toBe(false)
  })
})

describe('a Linq that does not answer', () => {
  it.each(['POST', 'DELETE'])('%s is answered 504 after 5 seconds, and given up (row 83)', async (method) => {
    vi.useFakeTimers()
    const onError = vi.fn()
    const { page, linq } = setUp({ network: () => ({ up: 'lost' }), onError })
    let answer: Response | undefined
    void page(method).then((response) => (answer = response))
    await vi.advanceTimersByTimeAsync(4_999)
    expect([answer, linq.calls.length]).toEqual([undefined, 1])
    await vi.advanceTimersByTimeAsync(1)
    expect(answer?.status).toBe(504)
    expect(await answer?.json()).toEqual({ error: { reason: 'timeout' } })
    expect(linq.calls[0]!.goneAt).not.toBeNull()
    expect(onError.mock.calls[0]![0]).toMatchObject({ reason: 'timeout' })
    await vi.advanceTimersByTimeAsync(300_000)
    expect(linq.calls).toHaveLength(1)
  })

  it('has a timeout that can be set', async () => {
    const { page, linq } = setUp({ network: () => ({ up: 'lost' }), timeout: 20 })
    expect((await page('POST')).status).toBe(504)
    expect(linq.calls).toHaveLength(1)
  })

  it('is not waited for, even if the client ignores its signal', async () => {
    const never = () => new Promise(() => {})
    const { page } = setUp({ linq: { chats: { typing: { start: never, stop: never } } }, timeout: 1 })
    expect((await page('DELETE')).status).toBe(504)
  })

  it('leaves no timer behind once it has answered', async () => {
    vi.useFakeTimers()
    const { page } = setUp()
    await page('POST')
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a check that takes longer than Linq may', () => {
  const slow = () => {
    vi.useFakeTimers()
    const onError = vi.fn()
    const authorize = vi
      .fn(() => Promise.resolve(true))
      .mockImplementationOnce(() => new Promise((resolve) => setTimeout(() => resolve(true), 6_000)))
    return { ...setUp({ authorize, onError }), onError }
  }

  it('makes no start, which its page has since given up and stopped', async () => {
    const { page, linq, chatId, onError } = slow()
    const start = page('POST')
    await vi.advanceTimersByTimeAsync(5_000)
    expect((await page('DELETE')).status).toBe(204)
    await vi.advanceTimersByTimeAsync(1_000)
    expect((await start).status).toBe(504)
    expect(linq.calls.map(({ action }) => action)).toEqual(['stop'])
    expect(linq.recipientSees(chatId)).toBe(false)
    expect(onError.mock.calls[0]![0]).toMatchObject({ reason: 'timeout' })
  })

  it('still makes a stop, which is answered before (row 126)', async () => {
    const { page, linq, onError } = slow()
    const stop = page('DELETE')
    await vi.advanceTimersByTimeAsync(5_000)
    const answer = await stop
    expect(answer.status).toBe(504)
    expect(await answer.json()).toEqual({ error: { reason: 'timeout' } })
    expect(onError.mock.calls).toEqual([
      [expect.objectContaining({ reason: 'timeout' }), expect.any(Request)],
    ])
    expect(linq.calls).toEqual([])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(linq.calls.map(({ action }) => action)).toEqual(['stop'])
  })

  it('is answered even if it never ends, and leaves no timer (row 126)', async () => {
    vi.useFakeTimers()
    const { page } = setUp({ authorize: () => new Promise(() => {}) })
    const answers = Promise.all([page('POST'), page('DELETE')])
    await vi.advanceTimersByTimeAsync(5_000)
    expect((await answers).map(({ status }) => status)).toEqual([504, 504])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leaves its start only the rest of its time (row 128)', async () => {
    vi.useFakeTimers()
    const authorize = () => new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 4_000))
    const { page, linq } = setUp({ authorize, network: () => ({ up: 'lost' }) })
    const start = page('POST')
    await vi.advanceTimersByTimeAsync(4_999)
    expect(linq.calls[0]!.goneAt).toBeNull()
    await vi.advanceTimersByTimeAsync(1)
    expect((await start).status).toBe(504)
    expect(linq.calls[0]!.goneAt).not.toBeNull()
  })
})

describe('a page that goes away', () => {
  it('ends its start, which is no failure', async () => {
    const onError = vi.fn()
    const leaving = new AbortController()
    const { page, linq, chatId } = setUp({ network: () => ({ up: 'lost' }), onError })
    const answer = page('POST', chatId, {
      headers: { 'Sec-Fetch-Site': 'same-origin' },
      signal: leaving.signal,
    })
    await vi.waitUntil(() => linq.calls.length > 0, 30_000)
    leaving.abort()
    expect((await answer).status).toBe(504)
    expect(linq.calls[0]!.goneAt).not.toBeNull()
    expect(onError).not.toHaveBeenCalled()
  })

  it('never ends its stop', async () => {
    const leaving = new AbortController()
    const way = hold()
    const { page, linq, chatId } = setUp({
      network: ({ action }) => (action === 'stop' ? { up: way.promise } : undefined),
    })
    await page('POST')
    const answer = page('DELETE', chatId, {
      headers: { 'Sec-Fetch-Site': 'same-origin' },
      signal: leaving.signal,
    })
    await vi.waitUntil(() => linq.calls.length > 1, 30_000)
    leaving.abort()
    way.release()
    expect((await answer).status).toBe(204)
    expect(linq.recipientSees(chatId)).toBe(false)
  })

  it.each([
    ['POST', 0],
    ['DELETE', 1],
  ])('while it is authorized sends a %s on %i times', async (method, calls) => {
    const leaving = new AbortController()
    const asked = hold()
    const { page, linq, chatId } = setUp({ authorize: () => asked.promise.then(() => true) })
    const answer = page(method, chatId, {
      headers: { 'Sec-Fetch-Site': 'same-origin' },
      signal: leaving.signal,
    })
    leaving.abort()
    asked.release()
    await answer
    expect(linq.calls).toHaveLength(calls)
  })

  it('is listened for no longer than its start takes', async () => {
    let request: Request | undefined
    const { page, linq } = setUp({
      network: () => ({ up: 'reset' }),
      authorize: (asked) => {
        request = asked
        return true
      },
    })
    await page('POST')
    expect(linq.calls).toHaveLength(1)
    expect(getEventListeners(request!.signal, 'abort')).toEqual([])
  })

  it('does not hide that its stop failed', async () => {
    const onError = vi.fn()
    const { page, chatId } = setUp({ network: () => ({ up: 'reset' }), onError })
    await page('DELETE', chatId, {
      headers: { 'Sec-Fetch-Site': 'same-origin' },
      signal: AbortSignal.abort(),
    })
    expect(onError.mock.calls[0]![0]).toBeInstanceOf(TypingError)
  })
})
