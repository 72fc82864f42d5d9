import { runInNewContext } from 'node:vm'
import { createHttpFetcher, type HttpFetcherOptions, type TypingRequest } from 'react-linq-typing'
import { afterEach, describe, expect, it, vi } from 'vitest'

const chatId = '00000000-0000-4000-8000-000000000001'

function request(init: Partial<TypingRequest> = {}): TypingRequest {
  return { chatId, action: 'start', signal: new AbortController().signal, keepalive: false, ...init }
}

type Fetch = NonNullable<HttpFetcherOptions['fetch']>

function setUp(options: HttpFetcherOptions = {}) {
  const fetch = vi.fn<Fetch>(() => Promise.resolve(new Response(null, { status: 204 })))
  return { fetch, fetcher: createHttpFetcher({ baseUrl: '/api/linq', fetch, ...options }) }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('what is sent', () => {
  it('is a POST for a start and a DELETE for a stop, without a body', async () => {
    const { fetch, fetcher } = setUp()
    await fetcher(request())
    await fetcher(request({ action: 'stop' }))
    expect(fetch.mock.calls.map(([url, { method, body }]) => [method, url, body])).toEqual([
      ['POST', `/api/linq/v3/chats/${chatId}/typing`, undefined],
      ['DELETE', `/api/linq/v3/chats/${chatId}/typing`, undefined],
    ])
  })

  it.each(['', '/', '/api/linq/', '/api/linq//', 'https://linq.example/api/partner/'])(
    'goes to the base %j with one slash between',
    async (baseUrl) => {
      const { fetch, fetcher } = setUp({ baseUrl })
      await fetcher(request())
      expect(fetch.mock.calls[0]![0]).toBe(`${baseUrl.replace(/\/+$/, '')}/v3/chats/${chatId}/typing`)
    },
  )

  it.each([
    ['a/b', 'a%2Fb'],
    ['../x', '..%2Fx'],
    ['a?b#c', 'a%3Fb%23c'],
    ['+1 202', '%2B1%20202'],
    ['%2F', '%252F'],
    ['é💬', '%C3%A9%F0%9F%92%AC'],
    ['a\nb', 'a%0Ab'],
    ['.a', '.a'],
  ])('has the id %j escaped', async (id, segment) => {
    const { fetch, fetcher } = setUp()
    await fetcher(request({ chatId: id }))
    const [url] = fetch.mock.calls[0]!
    expect(url).toBe(`/api/linq/v3/chats/${segment}/typing`)
    expect(new URL(url, 'https://app.test').pathname).toBe(url)
  })

  it.each(['', '.', '..', '\uD800'])('never has the id %j, which fits no path', async (id) => {
    const { fetch, fetcher } = setUp()
    await expect(fetcher(request({ chatId: id }))).rejects.toMatchObject({
      name: 'TypingError',
      reason: 'invalid',
      isFinal: true,
    })
    expect(fetch).not.toHaveBeenCalled()
  })

  it('goes where url says', async () => {
    const { fetch, fetcher } = setUp({ baseUrl: undefined, url: (id) => `/typing?chat=${id}` })
    await fetcher(request({ chatId: 'room.1' }))
    expect(fetch.mock.calls[0]![0]).toBe('/typing?chat=room.1')
  })

  it('needs an address', () => {
    expect(() => createHttpFetcher({})).toThrow(TypeError)
    expect(() => createHttpFetcher({})).toThrow(
      /needs to know where to call: pass baseUrl, .* or url\(chatId\)/,
    )
  })

  it('has the headers of an object', async () => {
    const { fetch, fetcher } = setUp({ headers: { 'X-Csrf': '1' } })
    await fetcher(request())
    expect(fetch.mock.calls[0]![1].headers).toEqual({ 'X-Csrf': '1' })
  })

  it('has the headers of a function, asked at each call, in the same tick', () => {
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

  it('has the headers of an async function', async () => {
    const { fetch, fetcher } = setUp({ headers: async () => Promise.resolve(new Headers({ 'X-A': '1' })) })
    await fetcher(request())
    expect(new Headers(fetch.mock.calls[0]![1].headers).get('x-a')).toBe('1')
  })

  it('has the headers of a promise that is not of this realm’s Promise, as under zone.js', async () => {
    const headers = () => runInNewContext('Promise.resolve({ "X-A": "1" })') as Promise<HeadersInit>
    const { fetch, fetcher } = setUp({ headers })
    await fetcher(request())
    expect(fetch.mock.calls[0]![1].headers).toEqual({ 'X-A': '1' })
  })

  it('is nothing when the time ran out while its headers were awaited, even by a fetch that minds no signal', async () => {
    let answer: (headers: HeadersInit) => void = () => undefined
    const { fetch, fetcher } = setUp({ headers: () => new Promise((resolve) => (answer = resolve)) })
    const controller = new AbortController()
    const outcome = fetcher(request({ signal: controller.signal }))
    controller.abort()
    answer({ 'X-A': '1' })
    await expect(outcome).rejects.toMatchObject({ reason: 'timeout' })
    expect(fetch).not.toHaveBeenCalled()
  })

  it('has no header of its own, so that no preflight is due', async () => {
    const { fetch, fetcher } = setUp()
    await fetcher(request())
    expect(fetch.mock.calls[0]![1]).not.toHaveProperty('headers')
  })

  it('has the cookies of its own origin, or those asked for', async () => {
    const { fetch, fetcher } = setUp()
    await fetcher(request())
    expect(fetch.mock.calls[0]![1].credentials).toBe('same-origin')
    const other = setUp({ credentials: 'include' })
    await other.fetcher(request())
    expect(other.fetch.mock.calls[0]![1].credentials).toBe('include')
  })

  it('has the request’s signal and keepalive, and follows no redirect', async () => {
    const { fetch, fetcher } = setUp()
    const { signal } = new AbortController()
    await fetcher(request({ signal, keepalive: true }))
    await fetcher(request())
    expect(fetch.mock.calls[0]![1]).toMatchObject({ keepalive: true, redirect: 'manual' })
    expect(fetch.mock.calls[0]![1].signal).toBe(signal)
    expect(fetch.mock.calls[1]![1].keepalive).toBe(false)
  })

  it('goes through the global fetch of that moment', async () => {
    const fetcher = createHttpFetcher({ baseUrl: '' })
    const fetch = vi.fn<Fetch>(() => Promise.resolve(new Response(null, { status: 204 })))
    vi.stubGlobal('fetch', fetch)
    await fetcher(request())
    expect(fetch).toHaveBeenCalledOnce()
  })
})
