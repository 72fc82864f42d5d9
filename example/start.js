// Node 20 does not read TypeScript, so Vite loads the server.
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const loader = await createServer({
  configFile: fileURLToPath(new URL('./vite.config.ts', import.meta.url)),
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  appType: 'custom',
  logLevel: 'warn',
})
const { startExample } = await loader.ssrLoadModule('/server/startExample.ts')

const mode = process.env.LINQ_API_V3_API_KEY ? 'real' : 'emulated'
const example = await startExample({
  port: Number(process.env.PORT) || undefined,
  mode,
  redisUrl: process.env.REDIS_URL || undefined,
  webhookSecret: process.env.LINQ_WEBHOOK_SECRET || undefined,
})
console.log(`The example is at ${example.url} (${mode === 'real' ? 'the real Linq' : 'an emulated Linq'})`)

let isStopping = false
const stop = async () => {
  // Ctrl-C comes twice: from the terminal, and passed on by npm.
  if (isStopping) return
  isStopping = true
  setTimeout(() => process.exit(1), 3_000).unref()
  await example.close()
  await loader.close()
  process.exit(0)
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
