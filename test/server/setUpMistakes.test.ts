import { LinqAPIV3 } from '@linqapp/sdk'
import { createTypingProxy, type TypingProxyOptions } from 'react-linq-typing/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { app, setUp, token } from './setUp.js'

const make = (options: unknown) => () => createTypingProxy(options as TypingProxyOptions)
const good = () => ({ linq: new LinqAPIV3({ apiKey: token }), authorize: () => true })

afterEach(() => {
  vi.useRealTimers()
})

describe('a proxy that can’t work is refused when it is made, with the cure (row 133)', () => {
  it.each([undefined, null, {}, [], 'linq'])('with %j for options', (options) => {
    expect(make(options)).toThrow(TypeError)
    expect(make(options)).toThrow(/needs authorize/)
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['the token', token],
    ['an empty object', {}],
    ['half a client', { chats: { typing: { start: () => {} } } }],
    ['the class', LinqAPIV3],
    [
      'a class of one’s own',
      class Client {
        chats = {}
      },
    ],
  ])('with %s for linq', (_what, linq) => {
    expect(make({ ...good(), linq })).toThrow(TypeError)
    expect(make({ ...good(), linq })).toThrow(/needs linq: .* Pass new LinqAPIV3\(\)/)
    expect(make({ ...good(), linq })).not.toThrow(new RegExp(token))
  })

  it.each(['https://a.test', 5, {}, true])('with %j for allowedOrigins', (allowedOrigins) => {
    expect(make({ ...good(), allowedOrigins })).toThrow(/allowedOrigins/)
  })

  it('with origins, which have another name', () => {
    expect(make({ ...good(), origins: ['https://a.test'] })).toThrow(/allowedOrigins/)
  })

  it.each([{}, 'redis', { store: {} }])('with %j for a hub', (hub) => {
    expect(make({ ...good(), hub })).toThrow(/createTypingHub/)
  })
})

describe('a client that is made when it is first needed (row 133)', () => {
  it('needs no token before, and is made once', async () => {
    const { sdk, linq } = setUp()
    const client = vi.fn(() => sdk)
    const known = setUp({ linq: client })
    expect(client).not.toHaveBeenCalled()
    const chatId = linq.addChat()
    await known.page('POST', chatId)
    await known.page('DELETE', chatId)
    expect(client).toHaveBeenCalledOnce()
    expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'stop'])
  })

  it('is made once, though two calls need it at once', async () => {
    const { sdk, linq } = setUp()
    const client = vi.fn(async () => sdk)
    const { page } = setUp({ linq: client })
    const calls = [page('POST', linq.addChat()), page('POST', linq.addChat())]
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([204, 204])
    expect(client).toHaveBeenCalledOnce()
  })

  it.each([
    [
      'fails',
      () => {
        throw new Error(`no key in ${token}`)
      },
    ],
    ['gives no client', () => ({}) as never],
  ])('and %s is the server’s failure, told to onError, and tried again', async (_how, linq) => {
    const onError = vi.fn()
    const client = vi.fn(linq)
    const { page } = setUp({ linq: client, onError })
    const answer = await page('POST')
    expect(answer.status).toBe(500)
    expect(await answer.text()).toBe('{"error":{"reason":"server"}}')
    expect(onError).toHaveBeenCalledOnce()
    await page('POST')
    expect(client).toHaveBeenCalledTimes(2)
  })

  it('and is never there is made again for a call 15 s later', async () => {
    vi.useFakeTimers()
    const { sdk, linq } = setUp()
    const client = vi.fn(() => Promise.resolve(sdk)).mockReturnValueOnce(new Promise(() => {}))
    const { page } = setUp({ linq: client })
    void page('POST', linq.addChat())
    await vi.advanceTimersByTimeAsync(15_000)
    expect((await page('POST', linq.addChat())).status).toBe(204)
    expect(client).toHaveBeenCalledTimes(2)
  })
})

describe('whatever a framework hands over, the proxy answers (row 135)', () => {
  const request = (chatId: string) => ({
    method: 'POST',
    url: `/api/linq/v3/chats/${chatId}/typing`,
    headers: new Headers({ 'Sec-Fetch-Site': 'same-origin' }),
  })

  it('a request without a signal, with a path for its address', async () => {
    const { proxy, chatId, linq } = setUp()
    expect((await proxy(request(chatId) as unknown as Request)).status).toBe(204)
    expect(linq.calls).toHaveLength(1)
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', `${app}/v3/chats`],
    ['an Express request', { ...request('x'), headers: { host: 'app.test' } }],
    ['an address that is none', { ...request('x'), url: 'http://' }],
    [
      'an address that throws when it is read',
      Object.defineProperty(request('x'), 'url', {
        get() {
          throw new Error()
        },
      }),
    ],
  ])('%s', async (_what, given) => {
    const onError = vi.fn()
    const { proxy } = setUp({ onError })
    const answer = await proxy(given as unknown as Request)
    expect(answer.status).toBe(500)
    expect(await answer.json()).toEqual({ error: { reason: 'server' } })
    expect(onError).toHaveBeenCalledOnce()
  })
})

describe('who calls, as authorize names them (row 133)', () => {
  it.each([
    [{ actor: 'a'.repeat(128), name: 'n'.repeat(80), tenant: 't' }, 204],
    [{ actor: 'Ada 🦊', name: '', tenant: null }, 204],
    [{ actor: 'a', name: null }, 204],
    [{ actor: '' }, 500],
    [{ actor: 'a'.repeat(129) }, 500],
    [{ actor: 'a\nb' }, 500],
    [{ actor: 'a\u0000' }, 500],
    [{ actor: 'a\u009b31m' }, 500],
    [{ actor: 7 }, 500],
    [{ name: 'Ada' }, 500],
    [{ actor: 'a', name: 'n'.repeat(81) }, 500],
    [{ actor: 'a', name: 'n\r\nSet-Cookie: x' }, 500],
    [{ actor: 'a', tenant: '' }, 500],
    [{ actor: 'a', tenant: 5 }, 500],
  ])('%j is answered %i', async (verdict, status) => {
    const onError = vi.fn<(error: unknown) => void>()
    const { page } = setUp({ authorize: () => verdict as { actor: string }, onError })
    expect((await page('POST')).status).toBe(status)
    expect(onError).toHaveBeenCalledTimes(status === 500 ? 1 : 0)
  })
})
