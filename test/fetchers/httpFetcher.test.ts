import { runInNewContext } from 'node:vm'
import { createHttpFetcher } from 'react-linq-typing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { chatId, type Fetch, request, setUp } from './openFetcher.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a request of the HTTP fetcher', () => {
  it('is a POST for a start and a DELETE for a stop, without a body', async () => {
    const { fetch, fetcher } = setUp()
    await fetcher(request())
    await fetcher(request({ action: 'stop' }))
    expect(fetch.mock.calls.map(([url, { method, body }]) => [method, url, body])).toEqual([
      ['POST', `/api/linq/v3/chats/${chatId}/typing`, undefined],
      ['DELETE', `/api/linq/v3/chats/${chatId}/typing`, undefined],
    ])
  })

  it('treats null as left out, for every option (row 96)', async () => {
    const options = { url: null, headers: null, credentials: null, fetch: null }
    const fetch = vi.fn<Fetch>(() => Promise.resolve(new Response(null, { status: 204 })))
    vi.stubGlobal('fetch', fetch)
    await createHttpFetcher({ baseUrl: '/api/linq', ...options })(request())
    expect(fetch.mock.calls[0]![1]).toMatchObject({ credentials: 'same-origin' })
    expect(fetch.mock.calls[0]![1]).not.toHaveProperty('headers')
    expect(() => createHttpFetcher({ baseUrl: null })).toThrow(/needs an address/)
  })

  it.each([() => null, () => undefined, () => Promise.resolve(null), () => Promise.resolve(undefined)])(
    'has no headers if headers() gives none: %s (row 134)',
    async (headers) => {
      const { fetch, fetcher } = setUp({ headers })
      await fetcher(request())
      expect(fetch.mock.calls[0]![1]).not.toHaveProperty('headers')
    },
  )

  it('times out if headers() never settles (row 134)', async () => {
    const { fetch, fetcher } = setUp({ headers: () => new Promise(() => {}) })
    const controller = new AbortController()
    const outcome = fetcher(request({ signal: controller.signal }))
    controller.abort()
    await expect(outcome).rejects.toMatchObject({ reason: 'timeout' })
    expect(fetch).not.toHaveBeenCalled()
  })

  it('takes headers from an object', async () => {
    const { fetch, fetcher } = setUp({ headers: { 'X-Csrf': '1' } })
    await fetcher(request())
    expect(fetch.mock.calls[0]![1].headers).toEqual({ 'X-Csrf': '1' })
  })

  it.each([undefined, null])('leaves out a header whose value is %s (row 134)', async (value) => {
    const headers = { Authorization: value, 'X-Csrf': '1' } as unknown as HeadersInit
    const { fetch, fetcher } = setUp({ headers: () => headers })
    await fetcher(request())
    expect([...new Headers(fetch.mock.calls[0]![1].headers)]).toEqual([['x-csrf', '1']])
  })

  it.each([undefined, null])('leaves out a pair of a header and %s (row 134)', async (value) => {
    const pairs: unknown = [
      ['Authorization', value],
      ['X-Csrf', '1'],
    ]
    const { fetch, fetcher } = setUp({ headers: pairs as HeadersInit })
    await fetcher(request())
    expect([...new Headers(fetch.mock.calls[0]![1].headers)]).toEqual([['x-csrf', '1']])
  })

  it('takes headers from a function, called for each request in the same tick', () => {
    let session = 1
    const headers = vi.fn(() => ({ 'X-Session': `${session++}` }))
    const { fetch, fetcher } = setUp({ headers })
    const stop = request({ action: 'stop' })
    void fetcher(request())
    void fetcher(stop)
    expect(fetch.mock.calls.map(([, init]) => init.headers)).toEqual([
      { 'X-Session': '1' },
      { 'X-Session': '2' },
    ])
    expect(headers).toHaveBeenLastCalledWith(stop)
  })

  it('takes headers from an async function', async () => {
    const { fetch, fetcher } = setUp({ headers: async () => Promise.resolve(new Headers({ 'X-A': '1' })) })
    await fetcher(request())
    expect(new Headers(fetch.mock.calls[0]![1].headers).get('x-a')).toBe('1')
  })

  it('takes headers from a promise of another realm, as under zone.js', async () => {
    const headers = () => runInNewContext('Promise.resolve({ "X-A": "1" })') as Promise<HeadersInit>
    const { fetch, fetcher } = setUp({ headers })
    await fetcher(request())
    expect(fetch.mock.calls[0]![1].headers).toEqual({ 'X-A': '1' })
  })

  it('is never made if time runs out while it awaits headers, even by a fetch that ignores its signal', async () => {
    let answer: (headers: HeadersInit) => void = () => undefined
    const { fetch, fetcher } = setUp({ headers: () => new Promise((resolve) => (answer = resolve)) })
    const controller = new AbortController()
    const outcome = fetcher(request({ signal: controller.signal }))
    controller.abort()
    answer({ 'X-A': '1' })
    await expect(outcome).rejects.toMatchObject({ reason: 'timeout' })
    expect(fetch).not.toHaveBeenCalled()
  })

  it('adds no header, so it needs no preflight', async () => {
    const { fetch, fetcher } = setUp()
    await fetcher(request())
    expect(fetch.mock.calls[0]![1]).not.toHaveProperty('headers')
  })

  it('sends same-origin cookies, or as credentials says', async () => {
    const { fetch, fetcher } = setUp()
    await fetcher(request())
    expect(fetch.mock.calls[0]![1].credentials).toBe('same-origin')
    const other = setUp({ credentials: 'include' })
    await other.fetcher(request())
    expect(other.fetch.mock.calls[0]![1].credentials).toBe('include')
  })

  it('passes on signal and keepalive, and follows no redirect', async () => {
    const { fetch, fetcher } = setUp()
    const { signal } = new AbortController()
    await fetcher(request({ signal, keepalive: true }))
    await fetcher(request())
    expect(fetch.mock.calls[0]![1]).toMatchObject({ keepalive: true, redirect: 'manual' })
    expect(fetch.mock.calls[0]![1].signal).toBe(signal)
    expect(fetch.mock.calls[1]![1].keepalive).toBe(false)
  })

  it('uses the global fetch of that moment', async () => {
    const fetcher = createHttpFetcher({ baseUrl: '' })
    const fetch = vi.fn<Fetch>(() => Promise.resolve(new Response(null, { status: 204 })))
    vi.stubGlobal('fetch', fetch)
    await fetcher(request())
    expect(fetch).toHaveBeenCalledOnce()
  })
})
