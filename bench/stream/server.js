// One server of the bench of streams: pages listen to it, and it does what it is told to.
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createRedisStore } from '../../dist/redis/index.js'
import { createMemoryStore, createTypingHub, createTypingStream } from '../../dist/server/index.js'

const { REDIS_PORT: redisPort } = process.env
const store = redisPort === '' ? createMemoryStore() : createRedisStore({ client: await connectToRedis() })
const stream = createTypingStream({
  hub: createTypingHub({ store }),
  identify({ headers }) {
    const page = Number(headers.get('x-page'))
    return {
      actor: `page ${page}`,
      // All but every tenth chat, and not at once.
      maySee: async (chatId) => Number(chatId) % 10 !== page % 10,
    }
  },
  onError: (error) => console.error(error),
})

async function act({ number, chat }) {
  const place = { tenant: '', chatId: String(chat) }
  const actor = (of) => `agent ${of}`
  const now = performance.timeOrigin + performance.now()
  const kind = number % 3
  if (kind === 0)
    await store.take(
      { ...place, actor: actor(number), name: String(now) },
      { age: 0, lifetime: 60_000, max: 20 },
    )
  if (kind === 1) await store.giveBack({ ...place, actor: actor(number - 1) }, { age: 0, owes: 0 })
  if (kind === 2) await store.clear({ ...place, actor: actor(number), id: String(now) }, { age: 0 })
}

/** A store that is busy refuses what comes late, and does nothing of it. */
async function actAtLast(event) {
  for (let attempt = 0; attempt < 20; attempt++)
    try {
      return await act(event)
    } catch (error) {
      if (attempt === 19) console.error(error)
    }
}

process.on('message', (message) => {
  if (message !== 'memory') return void actAtLast(message)
  globalThis.gc()
  const { user, system } = process.cpuUsage()
  process.send({ heap: process.memoryUsage().heapUsed / 1e6, cpu: (user + system) / 1_000 })
})

const server = createServer(getRequestListener(stream)).listen(0, '127.0.0.1', () =>
  process.send({ port: server.address().port }),
)

async function connectToRedis() {
  const { createClient } = await import('redis')
  const client = createClient({ url: `redis://127.0.0.1:${redisPort}`, disableOfflineQueue: true })
  client.on('error', () => {})
  return client.connect()
}
