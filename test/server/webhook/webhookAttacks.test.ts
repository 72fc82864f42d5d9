import { serve, type ServerType } from '@hono/node-server'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { createRedisStore } from 'react-linq-typing/redis'
import {
  createLinqWebhook,
  createMemoryStore,
  createTypingHub,
  type TypingStore,
} from 'react-linq-typing/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  clients,
  hasRedis,
  startRedis,
  type ConnectedClient,
  type RedisServer,
} from '../../redis/redisServer.js'
import { linqEvent, message, otherSecret, secret, signatures, started, stopped } from './linqCalls.js'

const minute = 60_000
let server: ServerType
let port: number
let store: TypingStore
const chatId = crypto.randomUUID()
const log: string[] = []

async function listen(getStore: () => TypingStore) {
  store = getStore()
  const webhook = createLinqWebhook({
    secret: [secret, otherSecret],
    hub: createTypingHub({ store }),
    onEvent: ({ event_id }) => log.push(event_id),
    onError: (error) => log.push(String(error)),
  })
  await new Promise<void>((resolve) => {
    server = serve({ fetch: webhook, port: 0, hostname: '127.0.0.1' }, (info: AddressInfo) => {
      port = info.port
      resolve()
    })
  })
}
function close() {
  if ('closeAllConnections' in server) server.closeAllConnections()
  server.close()
}

type Headers = Record<string, string | string[]>
interface Call {
  method?: string
  headers?: Headers
  body?: string
}

function head({ method = 'POST', headers = {}, body = '' }: Call): string {
  const known: Headers = {
    Host: `127.0.0.1:${port}`,
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
    ...headers,
  }
  const lines = Object.entries(known).flatMap(([name, values]) =>
    [values].flat().map((value) => (value === '' ? '' : `${name}: ${value}\r\n`)),
  )
  return `${method} /webhooks/linq HTTP/1.1\r\n${lines.join('')}\r\n`
}

/** Sends the very bytes, and reads all that comes back. */
async function send(call: Call) {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(head(call) + (call.body ?? ''))
  let answer = ''
  socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk))
  await once(socket, 'close')
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]), answer }
}
const deliver = (event: object, id: string = crypto.randomUUID()) => {
  const body = JSON.stringify(event)
  return send({ body, headers: signatures(body, { id }) })
}
const typing = async (chat = chatId) => (await store.states('', [chat]))[0]!.recipients.length

const body = JSON.stringify(started(chatId))
const good = signatures(body)
const without = (name: keyof typeof good): Headers => ({ ...good, [name]: '' })
const [, base64 = ''] = good['webhook-signature'].split(',')

const forgeries = (): [string, Call][] => [
  ['without a signature', { body }],
  ['without an id', { body, headers: without('webhook-id') }],
  ['without a time', { body, headers: without('webhook-timestamp') }],
  ['without a signature beside an id and a time', { body, headers: without('webhook-signature') }],
  [
    'with a signature of another secret',
    { body, headers: signatures(body, { by: [`whsec_${btoa('guess')}`] }) },
  ],
  ['with a signature of another body', { body, headers: signatures(`${body} `) }],
  ['with a signature of another id', { body, headers: { ...good, 'webhook-id': 'msg_2' } }],
  [
    'with another time',
    { body, headers: { ...good, 'webhook-timestamp': String(Math.floor(Date.now() / 1_000) - 9) } },
  ],
  ['that is six minutes old', { body, headers: signatures(body, { at: Date.now() - 6 * minute }) }],
  ['from in six minutes', { body, headers: signatures(body, { at: Date.now() + 6 * minute }) }],
  ['with a time that is none', { body, headers: { ...good, 'webhook-timestamp': 'now' } }],
  ['with a time of 400 digits', { body, headers: { ...good, 'webhook-timestamp': '9'.repeat(400) } }],
  ['with an empty signature', { body, headers: { ...good, 'webhook-signature': 'v1,' } }],
  ['with a signature without a version', { body, headers: { ...good, 'webhook-signature': base64 } }],
  [
    'with a signature of another version',
    { body, headers: { ...good, 'webhook-signature': `v1a,${base64}` } },
  ],
  ['with half a signature', { body, headers: { ...good, 'webhook-signature': `v1,${base64.slice(0, 20)}` } }],
  [
    'with a signature in other letters',
    { body, headers: { ...good, 'webhook-signature': `v1,${base64.toLowerCase()}x` } },
  ],
  [
    'with a thousand signatures',
    { body, headers: { ...good, 'webhook-signature': Array(1_000).fill('v1,x').join(' ') } },
  ],
  ['with two ids', { body, headers: { ...good, 'webhook-id': ['msg_1', 'msg_1'] } }],
  [
    'with two times',
    {
      body,
      headers: {
        ...good,
        'webhook-timestamp': [String(Math.floor(Date.now() / 1_000) + 200), good['webhook-timestamp']],
      },
    },
  ],
  [
    'with the headers of another service',
    {
      body,
      headers: {
        'svix-id': 'msg_1',
        'svix-timestamp': good['webhook-timestamp'],
        'svix-signature': good['webhook-signature'],
      },
    },
  ],
  [
    'that names its secret',
    { body, headers: { ...good, 'webhook-signature': `v1,${secret}`, Authorization: `Bearer ${secret}` } },
  ],
  ['with another body of the same length', { body: body.replace('started', 'stopped'), headers: good }],
  [
    'with a mark before its body',
    { body: `\ufeff${body}`, headers: { ...good, 'Content-Length': String(Buffer.byteLength(body) + 3) } },
  ],
]

describe.each([
  { place: 'memory', isRedis: false },
  { place: 'Redis', isRedis: true },
])('an attack on the webhook before a store in $place', ({ isRedis }) => {
  if (isRedis && !hasRedis) {
    it.skip('needs redis-server', () => {})
    return
  }
  let redis: RedisServer | undefined
  let client: ConnectedClient | undefined
  beforeAll(async () => {
    if (isRedis) {
      redis = await startRedis()
      client = await clients.ioredis(redis.port)
    }
    await listen(() => (client === undefined ? createMemoryStore() : createRedisStore(client)))
  })
  afterAll(async () => {
    close()
    client?.close()
    await redis?.kill()
  })

  it.each(forgeries().map(([name], index) => [name, index] as const))(
    'by a call %s gets nowhere',
    async (_name, index) => {
      const logged = log.length
      const { answer, status } = await send(forgeries()[index]![1])
      expect(status).toBe(401)
      expect(answer.toLowerCase()).toContain('cache-control: no-store')
      expect(await typing()).toBe(0)
      for (const line of log.slice(logged)) {
        expect(line).toMatch(/^Error: Linq's webhook was called /)
        expect(line).not.toContain(secret.slice(6))
        expect(line).not.toContain(chatId)
      }
      expect(answer).not.toContain(secret.slice(6))
    },
  )

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'POSTS'])(
    'by %s gets nowhere',
    async (method) => {
      const { status, answer } = await send({ method, body, headers: good })
      expect([400, 405]).toContain(status)
      if (status === 405) expect(answer.toLowerCase()).toContain('allow: post')
      expect(await typing()).toBe(0)
    },
  )

  it('by another method in a header is a post all the same', async () => {
    const event = linqEvent('x', {})
    const text = JSON.stringify(event)
    const { status } = await send({
      body: text,
      headers: { ...signatures(text), 'X-HTTP-Method-Override': 'DELETE' },
    })
    expect([status, log.at(-1)]).toEqual([204, event.event_id])
  })

  it('by a replay within five minutes changes nothing', async () => {
    const event = started(chatId, { age: 2_000 })
    const text = JSON.stringify(event)
    const call = { body: text, headers: signatures(text) }
    expect((await send(call)).status).toBe(204)
    expect(await typing()).toBe(1)
    expect((await deliver(message('received', chatId, { age: 1_000 }))).status).toBe(204)
    expect(await typing()).toBe(0)
    const told = log.length
    expect(
      (await Promise.all(Array.from({ length: 10 }, () => send(call)))).map(({ status }) => status),
    ).toEqual(Array(10).fill(204))
    expect(await typing()).toBe(0)
    expect(log.length).toBe(told)
  })

  it('by a replay under another id is of an event that is known', async () => {
    const event = stopped(chatId)
    await deliver(event)
    const told = log.length
    await deliver(event, 'msg_another')
    expect(log.length).toBe(told)
  })

  it('by an event that comes ten times at once is one event', async () => {
    const event = linqEvent('x', {})
    await Promise.all(Array.from({ length: 10 }, () => deliver(event)))
    expect(log.filter((line) => line === event.event_id)).toHaveLength(1)
  })

  it('by events in any order ends as they happened', async () => {
    const chat = crypto.randomUUID()
    const events = [
      started(chat, { age: 5_000 }),
      stopped(chat, { age: 4_000 }),
      started(chat, { age: 3_000 }),
      message('received', chat, { age: 2_000 }),
    ]
    for (let shift = 0; shift < events.length; shift++) {
      const order = [...events.slice(shift), ...events.slice(0, shift)]
      await Promise.all(order.map((event) => deliver({ ...event, event_id: crypto.randomUUID() })))
      expect([shift, await typing(chat)]).toEqual([shift, 0])
    }
    await deliver(started(chat))
    expect(await typing(chat)).toBe(1)
  })

  it.each(['Content-Length', 'Transfer-Encoding'])('by 10 MB with a %s is answered 413', async (length) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    const big = 'x'.repeat(10_000_000)
    const headers =
      length === 'Content-Length'
        ? { ...good, 'Content-Length': String(big.length) }
        : { ...good, 'Content-Length': '', 'Transfer-Encoding': 'chunked' }
    socket.write(head({ headers }))
    socket.write(length === 'Content-Length' ? big : `${big.length.toString(16)}\r\n${big}\r\n0\r\n\r\n`)
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    expect(chunk.toString()).toMatch(/^HTTP\/1\.1 413 /)
    socket.destroy()
  })

  it('by a body without an end is answered 413 as soon as it is too long', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(head({ headers: { ...good, 'Content-Length': '', 'Transfer-Encoding': 'chunked' } }))
    const answered = once(socket, 'data') as Promise<[Buffer]>
    for (let chunk = 0; chunk < 30; chunk++) socket.write(`2710\r\n${'x'.repeat(10_000)}\r\n`)
    const [answer] = await answered
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /)
    socket.destroy()
  })

  it('by many who send nothing after their headers holds up nobody', async () => {
    const sockets = Array.from({ length: 50 }, () => {
      const socket = connect(port, '127.0.0.1').on('error', () => {})
      socket.write(head({ headers: { ...good, 'Content-Length': '1000' } }))
      return socket
    })
    expect((await deliver(linqEvent('x', {}))).status).toBe(204)
    for (const socket of sockets) socket.destroy()
  })

  it("leaves Linq's own webhooks alone", async () => {
    const chat = crypto.randomUUID()
    expect((await deliver(started(chat))).status).toBe(204)
    expect(await typing(chat)).toBe(1)
    expect((await deliver(stopped(chat, { age: -1 }))).status).toBe(204)
    expect(await typing(chat)).toBe(0)
  })
})
