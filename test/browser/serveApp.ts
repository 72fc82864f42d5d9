import { createAdaptorServer } from '@hono/node-server'
import { LinqAPIV3 } from '@linqapp/sdk'
import { Hono } from 'hono'
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { createTypingProxy } from 'react-linq-typing/server'
import { createLinqEmulator, type LinqEmulator } from 'react-linq-typing/testing'
import { inject } from 'vitest'
import { listen, shut } from '../../example/server/listen.js'
import { createManualClock, type ManualClock } from './manualClock.js'

/** A request that reached the server. */
export interface ServedRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** A page with nothing but a compose box, its server and an emulated Linq, whose clock is moved by hand. */
export interface ServedApp {
  url: string
  linq: LinqEmulator
  clock: ManualClock
  /** Every request that reached the server, the page's own included. */
  requests: readonly ServedRequest[]
  close: () => Promise<void>
}

/** Serves `/?chat={chatId}`, `/elsewhere`, `/fence`, and `/hang`, which is never answered. */
export async function serveApp(): Promise<ServedApp> {
  const script = await readFile(join(inject('pages'), 'main.js'))
  const clock = createManualClock(new Date('2026-01-05T10:00:00Z').getTime())
  const linq = createLinqEmulator({ clock })
  const requests: ServedRequest[] = []
  const client = new LinqAPIV3({ apiKey: 'any', maxRetries: 0, timeout: 5_000, fetch: linq.fetch })
  const proxy = createTypingProxy({ linq: client, authorize: () => true })

  const app = new Hono()
  app.use(({ req }, next) => {
    requests.push({ method: req.method, path: req.path, headers: req.header() })
    return next()
  })
  app.get('/', (context) =>
    context.html('<!doctype html><title>A compose box</title><body><script src="/main.js"></script></body>'),
  )
  app.get('/main.js', (context) => context.body(script, 200, { 'content-type': 'text/javascript' }))
  app.get('/elsewhere', (context) => context.html('<!doctype html><title>Elsewhere</title>'))
  app.get('/fence', (context) => context.text('here'))
  app.get('/hang', () => new Promise<never>(() => {}))
  app.all('/api/linq/*', ({ req }) => proxy(req.raw))
  app.post('/api/messages', async (context) => {
    const { chatId, text } = await context.req.json<{ chatId: string; text: string }>()
    await client.chats.messages.send(chatId, { message: { parts: [{ type: 'text', value: text }] } })
    return context.body(null, 202)
  })

  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server
  const url = `http://localhost:${await listen(server, 0)}`
  return { url, linq, clock, requests, close: () => shut(server) }
}
