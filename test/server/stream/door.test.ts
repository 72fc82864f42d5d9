import { createTypingHub, createTypingStream, createMemoryStore } from 'react-linq-typing/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { app, setUp } from './setUpStream.js'

const other = 'https://www.other.test'
const accept = 'text/event-stream'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const from = async (headers: Record<string, string>, options = {}) => {
  const { stream } = setUp(options)
  const answer = await stream(new Request(`${app}/stream`, { headers }))
  await answer.body?.cancel()
  return answer
}

describe('a stream', () => {
  it('is one that nothing on the way keeps or changes', async () => {
    const { headers } = await from({ 'Sec-Fetch-Site': 'same-origin' })
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      vary: expect.stringMatching(/^Origin\b/) as unknown,
    })
  })

  it('begins at once with a comment, and when to come back', async () => {
    const { open } = setUp()
    const page = await open()
    await vi.advanceTimersByTimeAsync(0)
    expect(page.text()).toMatch(/^retry: [1-3]\d{3}\n:\n\n/)
  })

  it.each(['POST', 'HEAD', 'DELETE', 'OPTIONS'])('is not to be had by %s', async (method) => {
    const { get } = setUp()
    const answer = await get({}, { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET'])
  })

  it.each<[Record<string, string>, number]>([
    [{ 'Sec-Fetch-Site': 'same-origin' }, 200],
    [{ 'Sec-Fetch-Site': 'cross-site', Origin: other }, 403],
    [{ 'Sec-Fetch-Site': 'same-site', Accept: accept }, 403],
    [{ 'Sec-Fetch-Site': 'none', Accept: accept }, 403],
    [{ Origin: app }, 200],
    [{ Origin: other, Accept: accept }, 403],
    [{ Origin: 'null', Accept: accept }, 403],
    [{ Accept: accept }, 200],
    [{ Accept: `${accept}, */*` }, 200],
    [{ Accept: '*/*' }, 403],
    [{}, 403],
  ])('asked for with %j is answered %i', async (headers, status) => {
    const identify = vi.fn(() => ({ actor: 'me', maySee: () => true }))
    const answer = await from(headers, { identify })
    expect(answer.status).toBe(status)
    expect(identify).toHaveBeenCalledTimes(status === 200 ? 1 : 0)
  })

  it('is told to a page of another origin that is let in, also with its credentials', async () => {
    const answer = await from({ Origin: other, 'Sec-Fetch-Site': 'cross-site' }, { allowedOrigins: [other] })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe(other)
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
  })

  it('is allowed by a preflight before `identify` is asked', async () => {
    const identify = vi.fn(() => null)
    const { get } = setUp({ allowedOrigins: [other], identify })
    const answer = await get(
      {
        ...{ Origin: other, 'Sec-Fetch-Site': 'cross-site' },
        ...{ 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'authorization' },
      },
      { method: 'OPTIONS' },
    )
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET')
    expect(answer.headers.get('access-control-allow-headers')).toBe('authorization')
    expect(identify).not.toHaveBeenCalled()
  })

  it('says in the log which page was refused', async () => {
    const onError = vi.fn<(error: unknown) => void>()
    await from({ Origin: other, 'Sec-Fetch-Site': 'cross-site' }, { onError })
    expect((onError.mock.calls[0]![0] as Error).message).toContain(
      `A page of "${other}" was refused by the typing stream: it cannot see who is typing.`,
    )
  })
})

describe('a page', () => {
  it('without a session is answered 401', async () => {
    const onEvent = vi.fn()
    const answer = await from({ Accept: accept }, { identify: () => null, onEvent })
    expect(answer.status).toBe(401)
    expect(onEvent).toHaveBeenCalledExactlyOnceWith({ type: 'refused', why: 'unauthorized', count: 1 })
  })

  it.each([
    undefined,
    true,
    'ada',
    {},
    { actor: 'ada' },
    { actor: 'ada', maySee: true },
    { actor: '', maySee: () => true },
    { actor: 'a'.repeat(129), maySee: () => true },
    { actor: 'a\n', maySee: () => true },
    { actor: 7, maySee: () => true },
    { actor: 'ada', tenant: '', maySee: () => true },
  ])('that is identified as %j is answered 500, and the host hears of it', async (identity) => {
    const onError = vi.fn()
    const answer = await from({ Accept: accept }, { identify: () => identity, onError })
    expect(answer.status).toBe(500)
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(TypeError), expect.any(Request))
  })

  it('is answered 500 if identify fails, without a word of why', async () => {
    const onError = vi.fn()
    const { get } = setUp({ identify: () => Promise.reject(new Error('db secret')), onError })
    const answer = await get()
    expect([answer.status, await answer.text()]).toEqual([500, '{"error":{"reason":"server"}}'])
    expect(onError).toHaveBeenCalledOnce()
  })

  it('is answered 504 if identify takes longer than 5 s', async () => {
    const onError = vi.fn()
    const { get } = setUp({ identify: () => new Promise<never>(() => {}), onError })
    const answer = get()
    await vi.advanceTimersByTimeAsync(5_000)
    expect((await answer).status).toBe(504)
    expect(onError).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('that leaves while it is identified opens nothing', async () => {
    const leaving = new AbortController()
    const onEvent = vi.fn()
    const { get } = setUp({
      identify: async () => {
        leaving.abort()
        return { actor: 'me', maySee: () => true }
      },
      onEvent,
    })
    await get({}, { signal: leaving.signal })
    expect(onEvent).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each([undefined, null, {}, { url: '/x', headers: {} }])(
    'that is no Request but %j is answered 500: nothing is rejected',
    async (request) => {
      const onError = vi.fn()
      const { stream } = setUp({ onError })
      expect((await stream(request as unknown as Request)).status).toBe(500)
      expect(onError).toHaveBeenCalledOnce()
    },
  )

  it('may come without a signal, and with a path for an address', async () => {
    const { stream } = setUp()
    const request = { method: 'GET', url: '/x', headers: new Headers({ Accept: accept }) } as Request
    const answer = await stream(request)
    expect(answer.status).toBe(200)
    await answer.body?.cancel()
  })
})

describe('createTypingStream', () => {
  const identify = () => null
  const hub = createTypingHub({ store: createMemoryStore() })

  it.each<[unknown, RegExp]>([
    [undefined, /needs identify/],
    [{ hub }, /needs identify/],
    [{ hub, identify: true }, /needs identify/],
    [{ identify }, /needs a hub/],
    [{ identify, hub: {} }, /can't use this hub/],
    [{ identify, hub, allowedOrigins: '*' }, /createTypingStream can't use "\*" as allowedOrigins/],
    [{ identify, hub, allowedOrigins: ['*'] }, /createTypingStream can't use "\*" in allowedOrigins/],
  ])('refuses %j at once', (options, message) => {
    const make = () => createTypingStream(options as never)
    expect(make).toThrow(TypeError)
    expect(make).toThrow(message)
  })

  it.each(['activeChats', 'states', 'subscribe'])('refuses the hub of a store without %s()', (name) => {
    const store = { ...createMemoryStore(), [name]: undefined }
    expect(() => createTypingStream({ identify, hub: createTypingHub({ store: store }) })).toThrow(
      new RegExp(`it has no ${name}\\(\\)`),
    )
  })
})
