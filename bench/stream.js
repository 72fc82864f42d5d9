import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

// Many pages listen over real HTTP, and things happen: does each page that may see one hear of it once, how late, and
// does the memory stay flat? In one process, or with --redis in many.

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '60' },
    chats: { type: 'string', default: '50' },
    redis: { type: 'boolean', default: false },
    processes: { type: 'string', default: '1' },
  },
})
const [streams, rate, seconds, chats, processes] = [
  values.streams,
  values.rate,
  values.seconds,
  values.chats,
  values.processes,
].map(Number)
if (processes > 1 && !values.redis) throw new Error('Several processes need --redis.')

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const redis = values.redis ? await startRedis() : undefined
const env = { ...process.env, REDIS_PORT: redis?.port ?? '', CHATS: String(chats) }
const servers = Array.from({ length: processes }, () =>
  fork(fileURLToPath(new URL('stream/server.js', import.meta.url)), { env, execArgv: ['--expose-gc'] }),
)
const ports = await Promise.all(servers.map(async (server) => (await once(server, 'message'))[0].port))
const pages = fork(fileURLToPath(new URL('stream/pages.js', import.meta.url)))

const ask = async (child, question) => {
  const answer = once(child, 'message')
  child.send(question)
  return (await answer)[0]
}
const sessions = Math.floor((rate * seconds) / 3)
await ask(pages, { open: streams, ports, chats, total: 3 * sessions })
await pause(2_000)
const measure = () => Promise.all(servers.map((server) => ask(server, 'memory')))
const before = await measure()
let halfway

const begin = performance.now()
// Somebody starts, stops 2 s later, and sends a message 2 s after that, while others do the same in other chats.
const gap = Math.ceil((2 * rate) / 3)
for (let slot = 0; slot < 3 * (sessions + 2 * gap); slot++) {
  await pause(begin + (slot * 1_000) / rate - performance.now())
  // By then each page knows which of the chats it may see.
  if (slot === Math.floor((3 * sessions) / 2)) halfway = await measure()
  const kind = slot % 3
  const session = Math.floor(slot / 3) - kind * gap
  if (session >= 0 && session < sessions)
    servers[session % processes].send({ number: 3 * session + kind, chat: session % chats })
}
await pause(3_000)
const after = await measure()
const { missed, doubled, unseen, received, delays } = await ask(pages, 'report')

const percent = (part) => delays[Math.min(delays.length - 1, Math.floor(delays.length * part))].toFixed(1)
console.log(
  `${streams} streams, ${processes} ${processes === 1 ? 'process' : 'processes'}${values.redis ? ' and Redis' : ''}, ${rate} events a second for ${seconds} s:`,
)
console.log(
  `  ${received} received; ${missed} missed, ${doubled} twice, ${unseen} in a page that may not see them`,
)
console.log(`  delay: median ${percent(0.5)} ms, 95 % within ${percent(0.95)} ms, at most ${percent(1)} ms`)
for (const [index, { heap, cpu }] of after.entries())
  console.log(
    `  process ${index + 1}: heap ${before[index].heap.toFixed(1)} MB before, ${halfway[index].heap.toFixed(1)} halfway, ${heap.toFixed(1)} after; ${((cpu - before[index].cpu) / (seconds * 10)).toFixed(0)} % of a core`,
  )

for (const child of [pages, ...servers]) child.kill()
redis?.stop()
if (missed + doubled + unseen > 0) process.exitCode = 1

async function startRedis() {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const port = String(holder.address().port)
  holder.close()
  const args = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(child.stdout, 'data')
  await pause(500)
  return { port, stop: () => child.kill() }
}
