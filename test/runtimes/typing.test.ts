import { createAdaptorServer } from '@hono/node-server'
import type { Server } from 'node:http'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen, shut } from '../../example/server/listen.js'
import type { StartedProcess } from './startProcess.js'
import { runtimes, startService } from './startService.js'

const linq = createLinqEmulator({ inactive: 'shown' })
let answerLinq: (request: Request) => Promise<Response> = linq.fetch
let linqServer: Server
let linqUrl: string

beforeAll(async () => {
  linqServer = createAdaptorServer({
    overrideGlobalObjects: false,
    fetch: (request) => answerLinq(request).catch(() => new Response(null, { status: 502 })),
  }) as Server
  linqUrl = `http://localhost:${await listen(linqServer, 0)}/api/partner`
})
afterAll(() => shut(linqServer))

describe.each(runtimes)('the server on $name', (runtime) => {
  let service: StartedProcess | undefined

  beforeAll(async () => {
    service = await startService(runtime, linqUrl)
  })
  afterAll(() => service?.close())

  /** Makes a page's call, and returns what the page is told. */
  async function call(method: 'POST' | 'DELETE', chatId: string, { part = 'typing', headers = {} } = {}) {
    const answer = await fetch(`${service!.url}/${part}/v3/chats/${chatId}/typing`, {
      method,
      headers: { Cookie: 'user=ada', Origin: service!.url, 'Sec-Fetch-Site': 'same-origin', ...headers },
    })
    const body = await answer.text()
    const { error } = (body === '' ? {} : JSON.parse(body)) as { error?: unknown }
    return { status: answer.status, retryAfter: answer.headers.get('retry-after'), error }
  }

  it('does nothing when its modules are loaded', async () => {
    expect(await (await fetch(`${service!.url}/globals`)).json()).toEqual([])
  })

  it('shows the bubble and ends it (row 120)', async () => {
    const chatId = linq.addChat()
    expect(await call('POST', chatId)).toMatchObject({ status: 204 })
    expect(linq.recipientSees(chatId)).toBe(true)
    expect(await call('DELETE', chatId)).toMatchObject({ status: 204 })
    expect(linq.recipientSees(chatId)).toBe(false)
  })

  it('refuses a page of another origin, and says that it is not the chat', async () => {
    const chatId = linq.addChat()
    const headers = { Origin: 'http://evil.test', 'Sec-Fetch-Site': 'cross-site' }
    expect(await call('POST', chatId, { headers })).toMatchObject({
      status: 403,
      error: { reason: 'server' },
    })
    expect(linq.recipientSees(chatId)).toBe(false)
  })

  it('answers 404 where the user may not act in the chat', async () => {
    const chatId = linq.addChat()
    const headers = { Cookie: 'user=eve' }
    expect(await call('POST', chatId, { headers })).toMatchObject({
      status: 404,
      error: { reason: 'not-found' },
    })
    expect(linq.recipientSees(chatId)).toBe(false)
  })

  it('tells why Linq refused', async () => {
    const chatId = linq.addChat({ isGroup: true })
    expect(await call('POST', chatId)).toMatchObject({
      status: 403,
      error: { reason: 'forbidden', code: 2005 },
    })
  })

  it('takes a redirect of Linq’s for a failure, and doesn’t follow it (row 120)', async () => {
    const elsewhere = linq.addChat()
    const headers = { Location: `${linqUrl}/v3/chats/${elsewhere}/typing` }
    linq.network = ({ chatId }) => (chatId === elsewhere ? undefined : { answer: { status: 307, headers } })
    const told = await call('POST', linq.addChat())
    linq.network = undefined
    expect(told).toMatchObject({ status: 502, error: { reason: 'server' } })
    expect(linq.recipientSees(elsewhere)).toBe(false)
  })

  it('passes on how long Linq asks to wait', async () => {
    linq.network = () => ({ answer: { status: 429, code: 1007, retryAfter: 7 } })
    const told = await call('POST', linq.addChat())
    linq.network = undefined
    expect(told).toMatchObject({
      status: 429,
      retryAfter: '7',
      error: { reason: 'rate-limited', code: 1007, retryAfter: 7_000 },
    })
  })

  it('passes on a limit whose body never ends (row 132)', async () => {
    const parts = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(16_384)) })
    answerLinq = () => Promise.resolve(new Response(parts, { status: 429, headers: { 'Retry-After': '7' } }))
    const told = await call('POST', linq.addChat())
    answerLinq = linq.fetch
    expect(told).toMatchObject({ status: 429, retryAfter: '7', error: { reason: 'rate-limited' } })
  })

  it('gives up on a Linq that never answers', async () => {
    linq.network = () => ({ up: 'lost' })
    const told = await call('POST', linq.addChat(), { part: 'hasty' })
    linq.network = undefined
    expect(told).toMatchObject({ status: 504, error: { reason: 'timeout' } })
  })
})
