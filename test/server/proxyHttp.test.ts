import { serve, type ServerType } from '@hono/node-server'
import { LinqAPIV3 } from '@linqapp/sdk'
import type { AddressInfo } from 'node:net'
import { createHttpFetcher, type TypingRequest } from 'react-linq-typing'
import { createTypingProxy } from 'react-linq-typing/server'
import { createLinqEmulator, type LinqNetwork } from 'react-linq-typing/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'

const token = 'linq-token-over-http'
const servers: ServerType[] = []

function listen(fetch: (request: Request) => Promise<Response>): Promise<string> {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) =>
      resolve(`http://127.0.0.1:${port}`),
    )
    servers.push(server)
  })
}

async function setUp(network?: LinqNetwork) {
  const linq = createLinqEmulator({ token, network })
  const chatId = linq.addChat()
  const upstream = await listen(linq.fetch)
  const proxy = createTypingProxy({
    linq: new LinqAPIV3({ apiKey: token, baseURL: `${upstream}/api/partner` }),
    authorize: (request) => (request.headers.get('cookie') === 'session=1' ? true : 'unauthorized'),
  })
  const app = await listen(proxy)
  const fetcher = (headers: Record<string, string>) =>
    createHttpFetcher({ baseUrl: `${app}/api/linq`, headers: { Origin: app, ...headers } })
  const request = (init: Partial<TypingRequest> = {}): TypingRequest => ({
    chatId,
    action: 'start',
    signal: new AbortController().signal,
    keepalive: false,
    ...init,
  })
  return { linq, chatId, request, upstream, fetcher, signedIn: fetcher({ Cookie: 'session=1' }) }
}

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      if ('closeAllConnections' in server) server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    }),
  )
})

describe('page, proxy and Linq over real HTTP', () => {
  it('shows and ends the bubble', async () => {
    const { linq, chatId, request, signedIn } = await setUp()
    await signedIn(request())
    expect(linq.recipientSees(chatId)).toBe(true)
    await signedIn(request({ action: 'stop', keepalive: true }))
    expect(linq.recipientSees(chatId)).toBe(false)
    expect(linq.calls.map(({ headers }) => [headers.authorization, headers.cookie])).toEqual([
      [`Bearer ${token}`, undefined],
      [`Bearer ${token}`, undefined],
    ])
  })

  it('tells the page what Linq refused, and who is signed out', async () => {
    const { linq, chatId, request, signedIn, fetcher } = await setUp()
    linq.updateChat(chatId, { isGroup: true })
    await expect(signedIn(request())).rejects.toMatchObject({ reason: 'forbidden', status: 403, code: 2005 })
    await expect(fetcher({})(request())).rejects.toMatchObject({ reason: 'unauthorized', status: 401 })
    await expect(fetcher({ Origin: 'http://evil.test' })(request())).rejects.toMatchObject({ status: 403 })
    await expect(signedIn(request({ chatId: 'a/../b' }))).rejects.toMatchObject({
      reason: 'invalid',
      status: 422,
    })
  })

  it.each([301, 302, 303, 307, 308])(
    'takes a redirect (%i) for a failure, and doesn’t follow it with the token (row 120)',
    async (status) => {
      const thief = vi.fn(() => Promise.resolve(new Response(null, { status: 204 })))
      const elsewhere = await listen(thief)
      const answer = { status, headers: { Location: `${elsewhere}/v3` } }
      const { request, signedIn } = await setUp(() => ({ answer }))
      await expect(signedIn(request())).rejects.toMatchObject({ reason: 'server', status: 502 })
      await expect(signedIn(request({ action: 'stop' }))).rejects.toMatchObject({
        reason: 'server',
        status: 502,
      })
      expect(thief).not.toHaveBeenCalled()
    },
  )

  it('ends the start of a page that goes away', async () => {
    const { linq, request, signedIn } = await setUp(() => ({ up: 'lost' }))
    const leaving = new AbortController()
    const start = signedIn(request({ signal: leaving.signal }))
    await vi.waitUntil(() => linq.calls.length > 0, 30_000)
    leaving.abort()
    await expect(start).rejects.toMatchObject({ reason: 'timeout' })
    await vi.waitUntil(() => linq.calls[0]!.goneAt !== null, 30_000)
  })

  it('lands the stop of a page that goes away', async () => {
    let release = () => {}
    const way = new Promise<void>((resolve) => (release = resolve))
    const { linq, chatId, request, signedIn } = await setUp(({ action }) =>
      action === 'stop' ? { up: way } : undefined,
    )
    await signedIn(request())
    const leaving = new AbortController()
    const stop = signedIn(request({ action: 'stop', signal: leaving.signal }))
    await vi.waitUntil(() => linq.calls.length > 1, 30_000)
    leaving.abort()
    await expect(stop).rejects.toMatchObject({ reason: 'timeout' })
    release()
    await vi.waitUntil(() => linq.calls[1]!.arrivedAt !== null, 30_000)
    expect(linq.recipientSees(chatId)).toBe(false)
    await vi.waitUntil(() => linq.calls[1]!.answeredAt !== null, 30_000)
  })
})
