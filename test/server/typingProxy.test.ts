import { createTypingProxy, type TypingProxyOptions, type TypingVerdict } from 'react-linq-typing/server'
import { describe, expect, it, vi } from 'vitest'
import { app, setUp } from './setUp.js'

const headers = { 'Sec-Fetch-Site': 'same-origin' }

describe('a typing proxy', () => {
  it('starts and stops, and answers 204 without a body', async () => {
    const { linq, page, chatId } = setUp()
    const started = await page('POST')
    expect([started.status, started.body]).toEqual([204, null])
    expect(linq.recipientSees(chatId)).toBe(true)
    const stopped = await page('DELETE')
    expect([stopped.status, stopped.body]).toEqual([204, null])
    expect(linq.recipientSees(chatId)).toBe(false)
  })

  it.each(['', '/api/linq', '/a/b/c', '/v3', '/v3/chat'])('is mounted at %j', async (mount) => {
    const { proxy, linq, chatId } = setUp()
    const url = `${app}${mount}/v3/chats/${chatId}/typing?from=page`
    expect((await proxy(new Request(url, { method: 'POST', headers }))).status).toBe(204)
    expect(linq.calls).toMatchObject([{ path: `/api/partner/v3/chats/${chatId}/typing` }])
  })

  it.each(['', '/'])(
    'names one chat, which everybody sees in lower case: its path may end in %j (row 130)',
    async (end) => {
      const authorize = vi.fn(() => true)
      const { proxy, linq, chatId } = setUp({ authorize })
      const url = `${app}/api/v3/chats/${chatId.toUpperCase()}/typing${end}`
      expect((await proxy(new Request(url, { method: 'POST', headers }))).status).toBe(204)
      expect(authorize).toHaveBeenCalledWith(expect.anything(), chatId)
      expect(linq.calls).toMatchObject([{ path: `/api/partner/v3/chats/${chatId}/typing` }])
    },
  )

  it.each([
    '/v3/chats/OWN/x',
    '/v3/chats/OWN',
    '/v3/chats',
    '/v%33/chats/OWN',
    '/v%33/chats/OWN/%',
    '/%/x',
    `/%${'25'.repeat(4_000)}41`,
  ])('takes no second chat in its path, however it is hidden: %.40s (row 130)', async (mount) => {
    const { proxy, linq, chatId } = setUp()
    const url = `${app}${mount.replace('OWN', chatId)}/v3/chats/${linq.addChat()}/typing`
    expect((await proxy(new Request(url, { method: 'POST', headers }))).status).toBe(404)
    expect(linq.calls).toEqual([])
  })

  it.each([
    '/',
    '/v3/chats/ID',
    '/v3/chats/ID/messages',
    '/v3/chats/ID/typing//',
    '/v3/chats/ID/typing/x',
    '/chats/ID/typing',
  ])('knows no path %s', async (path) => {
    const { proxy, linq, chatId } = setUp()
    const url = app + path.replace('ID', chatId)
    const answer = await proxy(new Request(url, { method: 'POST', headers }))
    expect(answer.status).toBe(404)
    expect(await answer.json()).toEqual({ error: { reason: 'not-found' } })
    expect(linq.calls).toEqual([])
  })

  it.each(['GET', 'PUT', 'PATCH', 'OPTIONS', 'constructor'])('refuses the method %s', async (method) => {
    const { page, linq } = setUp()
    const answer = await page(method)
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST, DELETE'])
    expect(await answer.json()).toEqual({ error: { reason: 'invalid' } })
    expect(linq.calls).toEqual([])
  })

  it.each([
    '',
    'chat-1',
    '...',
    '%2F',
    '%2e%2e%2f',
    '..%2F..%2Fmessages',
    'ID%2F..%2Fx',
    'ID%00',
    'ID%0A',
    '%ID',
    '%',
    '%zz',
    '%E0%A4',
    'ID;x',
    '%30ID',
    '0'.repeat(10_000),
  ])('refuses the id %j before anybody is asked', async (id) => {
    const authorize = vi.fn(() => true)
    const { page, linq, chatId } = setUp({ authorize })
    const answer = await page('POST', id.replace('ID', chatId))
    expect(answer.status).toBe(422)
    expect(await answer.json()).toEqual({ error: { reason: 'invalid' } })
    expect(authorize).not.toHaveBeenCalled()
    expect(linq.calls).toEqual([])
  })

  it.each(['.', '..', '%2e', '%2E%2e'])('the id %j walks to a path that it does not know', async (id) => {
    const { page, linq } = setUp()
    expect((await page('POST', id)).status).toBe(404)
    expect(linq.calls).toEqual([])
  })

  it('refuses a foreign page before the id is looked at', async () => {
    const { page } = setUp()
    expect((await page('POST', 'chat-1', { headers: {} })).status).toBe(403)
  })
})

describe('authorize', () => {
  it('is asked per request, with the request and the chat', async () => {
    const authorize = vi.fn<TypingProxyOptions['authorize']>(() => true)
    const { page, chatId } = setUp({ authorize })
    await page('POST')
    await page('DELETE')
    expect(authorize.mock.calls.map(([request, id]) => [request.method, id])).toEqual([
      ['POST', chatId],
      ['DELETE', chatId],
    ])
  })

  it('may take its time', async () => {
    const { page } = setUp({ authorize: async () => Promise.resolve(true) })
    expect((await page('POST')).status).toBe(204)
  })

  it('answers foreign chats as Linq answers unknown ones', async () => {
    const { page, linq } = setUp({ authorize: () => Promise.resolve(false) })
    const foreign = await page('POST')
    expect(linq.calls).toEqual([])
    const unknown = await setUp().page('POST', '11111111-0000-4000-8000-000000000001')
    expect([foreign.status, unknown.status]).toEqual([404, 404])
    expect(await foreign.json()).toEqual({ error: { reason: 'not-found' } })
    expect(await unknown.json()).toMatchObject({ error: { reason: 'not-found' } })
  })

  it('tells a page that its own user is signed out', async () => {
    const { page, linq } = setUp({ authorize: () => 'unauthorized' })
    const answer = await page('POST')
    expect(answer.status).toBe(401)
    expect(await answer.json()).toEqual({ error: { reason: 'unauthorized' } })
    expect(linq.calls).toEqual([])
  })

  it.each([undefined, null, 0, 1, '', 'yes', {}, { id: 'user' }])(
    '%j is no yes, and onError is told (row 133)',
    async (verdict) => {
      const onError = vi.fn()
      const { page, linq } = setUp({ authorize: () => verdict as unknown as TypingVerdict, onError })
      const answer = await page('POST')
      expect(answer.status).toBe(500)
      expect(await answer.json()).toEqual({ error: { reason: 'server' } })
      expect(String(onError.mock.calls[0]![0])).toContain('authorize returned ')
      expect(linq.calls).toEqual([])
    },
  )

  it.each([
    [
      'throws',
      () => {
        throw new Error('db password is hunter2')
      },
    ],
    ['rejects', () => Promise.reject(new Error('db password is hunter2'))],
  ])('where it %s, the answer quotes nothing and onError is told', async (_how, authorize) => {
    const onError = vi.fn()
    const { page, linq } = setUp({ authorize, onError })
    const answer = await page('POST')
    expect(answer.status).toBe(500)
    expect(await answer.json()).toEqual({ error: { reason: 'server' } })
    expect(onError.mock.calls).toEqual([
      [expect.objectContaining({ message: 'db password is hunter2' }), expect.any(Request)],
    ])
    expect(linq.calls).toEqual([])
  })

  it.each([undefined, null, true, 'me'])(
    'has no default: %j in its place is refused at once',
    (authorize) => {
      const { sdk } = setUp()
      const options = { linq: sdk, authorize } as unknown as TypingProxyOptions
      expect(() => createTypingProxy(options)).toThrow(TypeError)
      expect(() => createTypingProxy(options)).toThrow(
        /needs authorize\(request, chatId\): without it anybody could type in any chat .* Pass a function/,
      )
    },
  )
})

describe('a timeout that no timer can keep', () => {
  it.each([0, -1, 0.5, NaN, Infinity, 2 ** 31])('%d ms is refused at once', (timeout) => {
    expect(() => setUp({ timeout })).toThrow(/cannot wait for .* ms: .* Pass a timeout/)
  })
})
