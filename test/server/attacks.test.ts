import { serve, type ServerType } from '@hono/node-server'
import { LinqAPIV3 } from '@linqapp/sdk'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { createMemoryStore, createTypingHub, createTypingProxy } from 'react-linq-typing/server'
import { createLinqEmulator, type LinqEmulator } from 'react-linq-typing/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const token = 'linq-token-under-attack'
const servers: ServerType[] = []
const log: string[] = []
let linq: LinqEmulator
let port: number
let own: string
let foreign: string

function listen(fetch: (request: Request) => Promise<Response>): Promise<number> {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) => resolve(port))
    servers.push(server)
  })
}

beforeAll(async () => {
  linq = createLinqEmulator({ token })
  own = linq.addChat()
  foreign = linq.addChat()
  const upstream = await listen(linq.fetch)
  port = await listen(
    createTypingProxy({
      linq: () => new LinqAPIV3({ apiKey: token, baseURL: `http://127.0.0.1:${upstream}/api/partner` }),
      hub: createTypingHub({ store: createMemoryStore() }),
      allowedOrigins: ['https://www.app.test'],
      authorize: ({ headers }, chatId) =>
        headers.get('cookie') === 'session=1' ? chatId === own && { actor: 'ada' } : 'unauthorized',
      onError: (error) => log.push(String(error)),
      onEvent: (event) => log.push(JSON.stringify(event)),
    }),
  )
})
afterAll(() => {
  for (const server of servers) {
    if ('closeAllConnections' in server) server.closeAllConnections()
    server.close()
  }
})

interface Attack {
  method?: string
  path?: string
  headers?: Record<string, string>
  body?: string
}

/** Sends the very bytes, which no client would, and reads all that comes back. */
async function send({ method = 'POST', path = `/v3/chats/${own}/typing`, headers = {}, body = '' }: Attack) {
  const known = {
    Host: `127.0.0.1:${port}`,
    Cookie: 'session=1',
    'Sec-Fetch-Site': 'same-origin',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
    ...headers,
  }
  const lines = Object.entries(known)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\r\n`)
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
  let answer = ''
  socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk))
  await once(socket, 'close')
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]), answer }
}

const crossSite = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.test' }
const oldBrowser = (origin: string) => ({ 'Sec-Fetch-Site': '', Origin: origin })

const attacks = (): [string, Attack, number | number[]][] => [
  ['no session', { headers: { Cookie: '' } }, 401],
  ['another session', { headers: { Cookie: 'session=2' } }, 401],
  ['two sessions', { headers: { Cookie: 'session=2; session=1' } }, 401],
  ['a chat of somebody else’s', { path: `/v3/chats/${foreign}/typing` }, 404],
  ['a chat that is nobody’s', { path: `/v3/chats/${crypto.randomUUID()}/typing` }, 404],
  ['no id', { path: '/v3/chats//typing' }, 422],
  ['an id that is none', { path: '/v3/chats/1/typing' }, 422],
  ['an id with a path in it', { path: `/v3/chats/${own}%2F..%2F${foreign}/typing` }, 422],
  ['an id with an end in it', { path: `/v3/chats/${own}%00/typing` }, 422],
  ['an id with a header in it', { path: `/v3/chats/${own}%0d%0aX-Evil:1/typing` }, 422],
  ['an id of ten thousand characters', { path: `/v3/chats/${'0'.repeat(10_000)}/typing` }, 422],
  ['two chats in one path', { path: `/v3/chats/${own}/x/v3/chats/${foreign}/typing` }, 404],
  ['two chats, the first in disguise', { path: `/v3%2Fchats%2f${own}/x/v3/chats/${foreign}/typing` }, 404],
  ['two chats, in two disguises', { path: `/%256fx/v3%252Fchats/${own}/v3/chats/${foreign}/typing` }, 404],
  ['two chats, with two slashes', { path: `/v3//chats/${own}/v3/chats/${foreign}/typing` }, 404],
  ['two chats, with backslashes', { path: `/\\v3\\chats\\${own}/v3/chats/${foreign}/typing` }, [400, 404]],
  ['two chats, in capitals', { path: `/V3/Chats/${own}/v3/chats/${foreign}/typing` }, 404],
  ['a walk through the path', { path: `/v3/chats/${own}/../${foreign}/typing` }, 404],
  ['a walk in disguise', { path: `/v3/chats/${own}/%2e%2e/${foreign}/typing` }, 404],
  ['another resource', { path: `/v3/chats/${own}/messages` }, 404],
  ['more after the end', { path: `/v3/chats/${own}/typing/x` }, 404],
  ['an address of another host', { path: `http://evil.test/v3/chats/${foreign}/typing` }, [400, 404]],
  ['a method to read', { method: 'GET' }, 405],
  ['a method to replace', { method: 'PUT' }, 405],
  ['a method of one’s own', { method: 'PATCH', headers: { 'X-HTTP-Method-Override': 'DELETE' } }, 405],
  ['another site', { headers: crossSite }, 403],
  ['the same site', { headers: { ...crossSite, 'Sec-Fetch-Site': 'same-site' } }, 403],
  ['a page that names no origin', { headers: { 'Sec-Fetch-Site': '' } }, 403],
  ['a page without an origin', { headers: oldBrowser('null') }, 403],
  ['a page of another origin in an old browser', { headers: oldBrowser('https://evil.test') }, 403],
  ['an origin that begins alike', { headers: oldBrowser('http://127.0.0.1.evil.test') }, 403],
  ['an origin with the host as its user', { headers: oldBrowser('http://127.0.0.1@evil.test') }, 403],
  ['an origin on another port', { headers: oldBrowser('http://127.0.0.1:1') }, 403],
  ['an allowed origin with a path', { headers: { ...crossSite, Origin: 'https://www.app.test/x' } }, 403],
  ['an allowed origin over http', { headers: { ...crossSite, Origin: 'http://www.app.test' } }, 403],
  [
    'an allowed origin twice',
    { headers: { ...crossSite, Origin: 'https://www.app.test, https://evil.test' } },
    403,
  ],
  [
    'a host that was forwarded',
    { headers: { ...oldBrowser('https://evil.test'), 'X-Forwarded-Host': 'evil.test' } },
    403,
  ],
  [
    'a host in the standard’s header',
    { headers: { ...oldBrowser('https://evil.test'), Forwarded: 'host=evil.test' } },
    403,
  ],
  [
    'a preflight of a foreign page',
    { method: 'OPTIONS', headers: { ...crossSite, 'Access-Control-Request-Method': 'POST' } },
    403,
  ],
  [
    'a header with colours for the log',
    { headers: { ...crossSite, Origin: 'https://\u009b31mevil.test' } },
    403,
  ],
  [
    'an origin of ten thousand characters',
    { headers: { ...crossSite, Origin: `https://${'e'.repeat(10_000)}.test` } },
    403,
  ],
]

describe('an attack over real HTTP', () => {
  it.each(attacks().map(([name], index) => [name, index] as const))(
    'by %s gets nowhere',
    async (_name, index) => {
      const [, attack, status] = attacks()[index]!
      const logged = log.length
      const calls = linq.calls.length
      const { answer, status: answered } = await send(attack)
      expect([status].flat()).toContain(answered)
      expect(linq.calls.length).toBe(calls)
      expect(answer).not.toContain(token)
      expect(answer).not.toContain('X-Evil')
      expect(answer.toLowerCase()).not.toContain('access-control-allow-origin')
      for (const line of log.slice(logged)) {
        expect(line.length).toBeLessThan(600)
        expect(line).toMatch(/^[ -~’…]*$/)
      }
    },
  )

  it('tells a chat of somebody else’s and one that is nobody’s apart in no byte (row 131)', async () => {
    const answers = await Promise.all(
      [foreign, crypto.randomUUID()].map((id) => send({ path: `/v3/chats/${id}/typing` })),
    )
    const [one, other] = answers.map(({ answer }) => answer.replace(/^date:.*$/im, ''))
    expect(one).toBe(other)
  })

  it('by a body reaches nobody: none is read', async () => {
    const { status } = await send({ body: 'x'.repeat(1_000_000) })
    expect(status).toBe(204)
    expect(JSON.stringify(linq.calls.at(-1))).not.toContain('xxx')
  })

  it('by a body that never ends is answered all the same', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(
      `DELETE /v3/chats/${own}/typing HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: session=1\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 100000000\r\n\r\nx`,
    )
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    expect(chunk.toString()).toMatch(/^HTTP\/1\.1 204 /)
    socket.destroy()
  })

  it('by a flood of one session is sixty calls at Linq, and stops pass (row 123)', async () => {
    const calls = linq.calls.length
    for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 10 }, () => send({})))
    const starts = linq.calls.slice(calls).filter(({ action }) => action === 'start')
    // Some were made above.
    expect(starts.length).toBeGreaterThan(10)
    expect(starts.length).toBeLessThanOrEqual(60)
    expect((await send({})).status).toBe(429)
    expect((await send({ method: 'DELETE' })).status).toBe(204)
  })

  it('leaves other pages alone', async () => {
    expect((await send({ method: 'DELETE', path: `/v3/chats/${own.toUpperCase()}/typing/` })).status).toBe(
      204,
    )
    expect(linq.calls.every(({ chatId }) => chatId === own)).toBe(true)
  })
})
