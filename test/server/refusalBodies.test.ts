import { LinqAPIV3 } from '@linqapp/sdk'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createTypingProxy, createSdkFetcher, type LinqTypingClient } from 'react-linq-typing/server'
import type { TypingError } from 'react-linq-typing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { listen, shut } from '../../example/server/listen.js'

const chatId = '00000000-0000-4000-8000-000000000001'
const limit = [429, { 'Content-Type': 'application/json', 'Retry-After': '30' }] as const
const servers: Server[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map(shut))
})

/** The official client before an upstream that answers like this. */
async function clientOf(answer: RequestListener): Promise<LinqAPIV3> {
  const server = createServer(answer)
  servers.push(server)
  const baseURL = `http://localhost:${await listen(server, 0)}`
  return new LinqAPIV3({ apiKey: 'key', baseURL })
}

/** What a page is told by a proxy that would wait a minute. */
function askProxy(linq: LinqTypingClient): Promise<Response> {
  const proxy = createTypingProxy({ linq, authorize: () => true, timeout: 60_000 })
  const headers = { 'Sec-Fetch-Site': 'same-origin' }
  return proxy(new Request(`https://app.test/v3/chats/${chatId}/typing`, { method: 'POST', headers }))
}

/** An upstream whose refusal goes on until somebody hangs up. */
function sendOn(part: string, pause: number | 'until taken') {
  const seen = { sent: 0, isHungUp: false }
  const answer: RequestListener = (_request, response) => {
    response.writeHead(...limit)
    let timer: NodeJS.Timeout | undefined
    const send = () => {
      let isTaken = true
      while (isTaken) {
        seen.sent += part.length
        isTaken = response.write(part) && pause === 'until taken'
      }
      if (pause !== 'until taken') timer = setTimeout(send, pause)
    }
    response.on('drain', () => pause === 'until taken' && send())
    response.on('close', () => {
      seen.isHungUp = true
      clearTimeout(timer)
    })
    send()
  }
  return { answer, seen }
}

describe('a refusal that the official client reads over HTTP', () => {
  it('counts by its status and headers although its body never ends, and most of that stays unread (row 132)', async () => {
    const { answer, seen } = sendOn(' '.repeat(16_384), 'until taken')
    const told = await askProxy(await clientOf(answer))
    expect(told.status).toBe(429)
    expect(told.headers.get('retry-after')).toBe('30')
    await vi.waitUntil(() => seen.isHungUp, 30_000)
    // What the sockets of two systems hold counts as sent.
    expect(seen.sent).toBeLessThan(16_000_000)
  })

  it('counts by its status and headers although its body trickles in for a minute (row 132)', async () => {
    const { answer, seen } = sendOn(' ', 50)
    const told = await askProxy(await clientOf(answer))
    expect(told.status).toBe(429)
    expect(await told.json()).toEqual({ error: { reason: 'rate-limited', retryAfter: 30_000 } })
    await vi.waitUntil(() => seen.isHungUp, 30_000)
    expect(seen.sent).toBeLessThan(1_000)
  })

  it('counts by its status and headers where the time runs out during its body (row 132)', async () => {
    const { answer } = sendOn(' ', 50)
    const linq = await clientOf(answer)
    const own = linq.withOptions({ fetch: vi.fn(fetch) })
    const timeout = new AbortController()
    const call = createSdkFetcher(own)({
      chatId,
      action: 'start',
      signal: timeout.signal,
      keepalive: false,
    })
    const error = call.catch((thrown: unknown) => thrown as TypingError)
    await vi.waitUntil(
      () =>
        vi.mocked((own as unknown as { fetch: typeof fetch }).fetch).mock.settledResults[0]?.type ===
        'fulfilled',
      { timeout: 30_000 },
    )
    timeout.abort()
    expect(await error).toMatchObject({ reason: 'rate-limited', status: 429, retryAfter: 30_000 })
  })

  it('is read whole where it is as short as Linq’s', async () => {
    const error = { status: 409, code: 2013, message: 'Left', retry_after: null }
    const body = { success: false, error, trace_id: 'a'.repeat(32) }
    const linq = await clientOf((_request, response) => {
      response.writeHead(409, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    })
    const told = await askProxy(linq)
    expect(told.status).toBe(409)
    expect(await told.json()).toEqual({ error: { reason: 'gone', code: 2013, traceId: 'a'.repeat(32) } })
  })
})

describe('the official client', () => {
  const refuse: RequestListener = (_request, response) => {
    response.writeHead(...limit).end()
  }

  it('keeps the fetch, the token and the headers that it was given', async () => {
    const own = vi.fn(fetch)
    const { baseURL } = await clientOf(refuse)
    const options = { apiKey: 'first', baseURL, fetch: own, defaultHeaders: { 'X-Own': 'yes' } }
    const linq = new LinqAPIV3(options)
    linq.apiKey = 'rotated'
    await askProxy(linq)
    const headers = new Headers(own.mock.calls[0]![1]!.headers)
    expect([headers.get('authorization'), headers.get('x-own')]).toEqual(['Bearer rotated', 'yes'])
  })

  it('is called where its calls were replaced, as tracers do', async () => {
    const linq = await clientOf(refuse)
    const start = vi.spyOn(linq.chats.typing, 'start')
    await askProxy(linq)
    expect(start).toHaveBeenCalledOnce()
  })
})

describe('a redirect that a client keeps to itself', () => {
  const opaque = Object.defineProperties(new Response(null), {
    type: { value: 'opaqueredirect' },
    status: { value: 0 },
    ok: { value: false },
  })

  it.each<[string, LinqTypingClient]>([
    [
      'by the official client, as browsers show it',
      new LinqAPIV3({ apiKey: 'key', fetch: () => Promise.resolve(opaque) }),
    ],
    ['by a client that throws no answer', answering(() => opaque)],
    ['with its status', answering(() => new Response(null, { status: 307 }))],
  ])('is a failure of the server: %s (row 120)', async (_, linq) => {
    const told = await askProxy(linq)
    expect(told.status).toBe(502)
    expect(await told.json()).toEqual({ error: { reason: 'server' } })
  })

  function answering(answer: () => Response): LinqTypingClient {
    const call = () => Object.assign(Promise.resolve(), { asResponse: () => Promise.resolve(answer()) })
    return { chats: { typing: { start: call, stop: call } } }
  }
})
