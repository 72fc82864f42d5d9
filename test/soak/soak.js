// Several servers, one Redis, many agents, for a minute: does the recipient see what the agents mean?
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { createLinqEmulator } from '../../dist/testing/index.js'
import { createAgents } from './agents.js'
import { judge } from './judge.js'

const { values } = parseArgs({
  options: {
    agents: { type: 'string', default: '200' },
    chats: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '60' },
    processes: { type: 'string', default: '4' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const [agentCount, chatCount, seconds, processes, seed] = [
  values.agents,
  values.chats,
  values.seconds,
  values.processes,
  values.seed,
].map(Number)

const lease = 60_000
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const listen = (fetch) =>
  new Promise((resolve) => serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(port)))

const linq = createLinqEmulator({ inactive: 'shown' })
const chatIds = Array.from({ length: chatCount }, () => linq.addChat())
const upstream = `http://127.0.0.1:${await listen(linq.fetch)}`
const redisPort = await freePort()
let redis = await startRedis()
const events = {}
const servers = []
const addresses = []
for (let index = 0; index < processes; index++) await startServer()
// A host tells its hub of messages from the first one on.
await fetch(`${addresses[0]}/send/${chatIds[0]}`, {
  method: 'POST',
  headers: { 'X-Agent': 'host' },
  body: 'first',
})

console.log(
  `${agentCount} agents in ${chatCount} chats on ${processes} servers for ${seconds} s, seed ${seed}`,
)
const begin = Date.now()
const until = begin + seconds * 1_000
const agents = createAgents({ count: agentCount, chatIds, addresses, until, random: randomFrom(seed) })

await pause((seconds * 1_000) / 3)
servers[0].kill('SIGKILL')
addresses.splice(0, 1)
await startServer()
await pause((seconds * 1_000) / 6)
const outage = { from: Date.now(), to: 0 }
redis.kill('SIGKILL')
await pause(Math.min(10_000, seconds * 250))
redis = await startRedis()
outage.to = Date.now()
await agents.done
const lastStop = Date.now()
// Whoever died leaves a lease, and the bubble of its last start.
while (chatIds.some((id) => linq.recipientSees(id)) && Date.now() < lastStop + 100_000) await pause(500)
const end = Date.now()

const { calls, deaths } = agents.count()
const seen = judge({ chatIds, composing: agents.composing, timelineOf: linq.timeline, end })
const typing = linq.calls.filter(({ action }) => action === 'start' || action === 'stop').length
const lost = agents.sent.filter(
  ({ chatId, text }) => !linq.messages(chatId).some((message) => message.text === text),
)
const took = (path) => agents.latencies.filter((one) => one.path.includes(path))
const typed = took('/typing')
const duringOutage = typed.filter(({ at }) => at >= outage.from && at <= outage.to + 1_000)
const perHour = (milliseconds) => ((milliseconds / seen.composed) * 3_600).toFixed(0)
const quantile = (all, share) => {
  const times = all.map((one) => one.took).toSorted((a, b) => a - b)
  return times[Math.min(all.length - 1, Math.floor(all.length * share))]?.toFixed(0) ?? '-'
}

const spread = (all) => `${[0.5, 0.99, 1].map((share) => quantile(all, share)).join(', ')} ms`

const facts = [
  ['somebody composed, in all chats', `${(seen.composed / 1_000).toFixed(0)} s`],
  [
    'of that the bubble was off',
    `${(seen.gap / 1_000).toFixed(1)} s (${perHour(seen.gap)} s in an hour), at most ${(seen.longestGap / 1_000).toFixed(1)} s at a time`,
  ],
  [
    'it was on while nobody composed',
    `${(seen.ghost / 1_000).toFixed(1)} s (${perHour(seen.ghost)} s in an hour), at most ${(seen.longestGhost / 1_000).toFixed(1)} s at a time`,
  ],
  ['tabs that died', deaths],
  [
    'calls of the agents, and calls to Linq',
    `${calls} and ${typing}: ${(typing / calls).toFixed(2)} times as many`,
  ],
  ['messages sent, and lost', `${agents.sent.length} and ${lost.length}`],
  ['a call took (median, 99 %, longest)', `${spread(typed)}; while Redis was away ${spread(duringOutage)}`],
  ['events', JSON.stringify(events)],
]
for (const [what, figure] of facts) console.log(`${what.padEnd(40)} ${figure}`)

const slack = 5_000
const broken = [
  seen.longestGhost > lease + slack &&
    'a bubble was on for longer than a lifetime after the last one who composed',
  seen.longestGap > lease + slack && 'a bubble was off for longer than a lease though somebody composed',
  typing > 1.2 * calls && 'Linq was called more than 1.2 times as often as without leases',
  lost.length > 0 && 'a message was lost',
  agents.failures.length > 0 && `a call failed: ${agents.failures[0]}`,
  agents.sent.length === 0 && 'nothing was sent: the soak shows nothing',
  !events['store-lost'] && 'no server noticed that Redis was away: the soak shows nothing',
  !events.withheld && 'no stop was withheld: the soak shows nothing',
].filter(Boolean)
for (const fault of broken) console.error(`BROKEN: ${fault}`)
for (const server of servers) server.kill('SIGKILL')
redis.kill('SIGKILL')
process.exit(broken.length === 0 ? 0 : 1)

async function startServer() {
  const server = fork(fileURLToPath(new URL('./server.js', import.meta.url)), {
    env: { ...process.env, UPSTREAM: upstream, REDIS_PORT: redisPort, NODE_ENV: 'production' },
  })
  servers.push(server)
  server.on('message', ({ event }) => {
    if (event) events[event] = (events[event] ?? 0) + 1
  })
  let port
  while (port === undefined) {
    const [message] = await once(server, 'message')
    port = message.port
  }
  addresses.push(`http://127.0.0.1:${port}`)
}

async function startRedis() {
  const args = ['--port', redisPort, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  child.once('error', () => {
    console.error('The soak needs redis-server. On Debian: apt-get install redis-server.')
    process.exit(1)
  })
  for (let said = ''; !said.includes('Ready to accept');)
    said += String((await once(child.stdout, 'data'))[0])
  child.stdout.resume()
  return child
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(String(port)))
    })
  })
}

/** A generator of numbers from 0 to 1: mulberry32. */
function randomFrom(start) {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
