// One of several servers of an app: the proxy and the route that sends messages, before one Redis.
import { serve } from '@hono/node-server'
import { createClient } from 'redis'
import { createRedisStore } from '../../dist/redis/index.js'
import { createTypingHub, createTypingProxy } from '../../dist/server/index.js'

const { UPSTREAM: upstream, REDIS_PORT: redisPort } = process.env
const client = createClient({
  socket: { port: Number(redisPort), host: '127.0.0.1', reconnectStrategy: 100 },
  disableOfflineQueue: true,
})
client.on('error', () => {})
await client.connect()

const onEvent = ({ type }) => process.send({ event: type })
const hub = createTypingHub({ store: createRedisStore({ client }), onEvent })

/** The calls of the official client, without what it adds. */
const call =
  (method) =>
  async (chatId, { signal }) => {
    const response = await fetch(`${upstream}/v3/chats/${chatId}/typing`, { method, signal })
    if (!response.ok) throw Object.assign(new Error('refused'), { status: response.status })
  }
const proxy = createTypingProxy({
  linq: { chats: { typing: { start: call('POST'), stop: call('DELETE') } } },
  hub,
  onEvent,
  authorize: ({ headers }) => ({ actor: headers.get('x-agent') }),
})

async function send(request) {
  const chatId = new URL(request.url).pathname.split('/')[2]
  const text = await request.text()
  const accepted = await fetch(`${upstream}/v3/chats/${chatId}/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ message: { parts: [{ type: 'text', value: text }] } }),
  })
  await hub.sent(chatId, { actor: request.headers.get('x-agent'), id: text })
  return new Response(null, { status: accepted.ok ? 204 : 502 })
}

serve(
  {
    fetch: (request) => (request.url.includes('/send/') ? send(request) : proxy(request)),
    port: 0,
    hostname: '127.0.0.1',
  },
  ({ port }) => process.send({ port }),
)
