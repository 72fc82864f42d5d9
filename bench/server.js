import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { parseArgs } from 'node:util'
import { Hono } from 'hono'
import { createMemoryStore, createTypingHub, createTypingProxy } from '../dist/server/index.js'
import { createRedisStore } from '../dist/redis/index.js'

// What a request costs: a bare Hono handler, the proxy, and the proxy with a hub in memory and in Redis, with a Linq that
// answers at once. All in one run, in turns, since machines are noisy.

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '7' },
    minute: { type: 'boolean', default: false },
  },
})
const requests = Number(values.requests)
const rounds = Number(values.rounds)

const chatIds = Array.from({ length: 500 }, () => globalThis.crypto.randomUUID())
const accept = () => Promise.resolve()
const linq = { chats: { typing: { start: accept, stop: accept } } }
let number = 0
const authorize = () => ({ actor: `agent ${number++ % 5_000}` })

const hono = new Hono()
hono.all('/api/linq/*', (context) => context.body(null, 204))

const redis = await startRedis()
const handlers = {
  'bare Hono handler': hono.fetch,
  proxy: createTypingProxy({ linq, authorize }),
  'proxy, hub in memory': createTypingProxy({
    linq,
    authorize,
    hub: createTypingHub({ store: createMemoryStore() }),
  }),
  ...(redis && {
    'proxy, hub in Redis': createTypingProxy({
      linq,
      authorize,
      hub: createTypingHub({ store: createRedisStore({ client: redis.client }) }),
    }),
  }),
}

const costs = Object.fromEntries(Object.keys(handlers).map((name) => [name, []]))
for (let round = 0; round < rounds; round++)
  for (const [name, handler] of Object.entries(handlers)) costs[name].push(await measure(handler, requests))

console.log(
  `CPU per request, in µs: the median of ${rounds} rounds of ${requests} requests, starts and stops in turn.\n`,
)
const medians = Object.entries(costs).map(([name, all]) => [name, all.toSorted((a, b) => a - b)[rounds >> 1]])
for (const [name, cost] of medians)
  console.log(
    `${name.padEnd(22)} ${cost.toFixed(1).padStart(7)}   ${(cost / medians[0][1]).toFixed(1)} × bare`,
  )
console.log(
  `\nThe hub in memory adds ${(medians[2][1] - medians[1][1]).toFixed(1)} µs (budget: 50). Redis’s own CPU is not counted.`,
)

if (values.minute) await runForAMinute(handlers['proxy, hub in memory'])
await redis?.stop()

async function measure(handler, count) {
  const before = process.cpuUsage()
  for (let i = 0; i < count; i++) {
    const response = await handler(request(i))
    if (response.status !== 204 && response.status !== 429) throw new Error(`answered ${response.status}`)
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / count
}

function request(i) {
  return new Request(`http://app.test/api/linq/v3/chats/${chatIds[i % chatIds.length]}/typing`, {
    method: i % 2 === 0 ? 'POST' : 'DELETE',
    headers: { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://app.test', Host: 'app.test' },
  })
}

/** Prints how much memory is held while requests come for a minute. */
async function runForAMinute(handler) {
  if (globalThis.gc === undefined) throw new Error('Run with node --expose-gc to see the memory of a minute.')
  console.log('\nMemory held during a minute of load, in MB:')
  const end = performance.now() + 60_000
  let served = 0
  for (let next = performance.now(); performance.now() < end;) {
    await measure(handler, 1_000)
    served += 1_000
    if (performance.now() < next) continue
    globalThis.gc()
    console.log(`${(process.memoryUsage().heapUsed / 1e6).toFixed(1).padStart(6)} after ${served} requests`)
    next += 10_000
  }
}

/** A Redis of its own, or `null` where none is installed. */
async function startRedis() {
  const port = await freePort()
  const child = spawn(
    'redis-server',
    ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const isMissing = await Promise.race([
    once(child, 'error').then(() => true),
    once(child.stdout, 'data').then(() => false),
  ])
  if (isMissing) {
    console.log('No redis-server is installed: the hub in Redis is left out.\n')
    return null
  }
  const { createClient } = await import('redis')
  const client = createClient({ url: `redis://127.0.0.1:${port}`, disableOfflineQueue: true })
  client.on('error', () => {})
  await client.connect()
  return {
    client,
    async stop() {
      client.destroy()
      child.kill()
      await once(child, 'exit')
    },
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(String(port)))
    })
  })
}
