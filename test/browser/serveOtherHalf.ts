import { createAdaptorServer } from '@hono/node-server'
import { LinqAPIV3 } from '@linqapp/sdk'
import { Hono } from 'hono'
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { join } from 'node:path'
import {
  createLinqWebhook,
  createMemoryStore,
  createTypingHub,
  createTypingProxy,
  createTypingStream,
} from 'react-linq-typing/server'
import { createLinqEmulator, type LinqEmulator } from 'react-linq-typing/testing'
import { inject } from 'vitest'
import { listen, shut } from '../../example/server/listen.js'

/** A page that shows who types, its server, and an emulated Linq that calls its webhook, all on real clocks. */
export interface ServedOtherHalf {
  readonly url: string
  readonly linq: LinqEmulator
  /** Ends every stream, as a server does that restarts. */
  readonly breakStreams: () => void
  /** Takes the server away, or brings it back. */
  readonly setAway: (isAway: boolean) => void
  /** How many streams are open. */
  readonly streams: () => number
  readonly close: () => Promise<void>
}

const secret = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`
const names: Record<string, string> = { alex: 'Alex', bo: 'Bo' }

/** A body that ends with a signal, as one does whose server restarts. */
function endable(body: ReadableStream<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  const ended = new Promise<{ done: true; value: undefined }>((resolve) =>
    signal.addEventListener('abort', () => resolve({ done: true, value: undefined })),
  )
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await Promise.race([reader.read(), ended])
      if (!done) return controller.enqueue(value)
      controller.close()
      await reader.cancel()
    },
    cancel: (why) => reader.cancel(why),
  })
}

/** Serves `/?chat={chatId}&actor={actor}` and `/elsewhere`. Eve may see no chat. */
export async function serveOtherHalf(): Promise<ServedOtherHalf> {
  const script = await readFile(join(inject('pages'), 'otherHalf.js'))
  const linq = createLinqEmulator()
  const hub = createTypingHub({ store: createMemoryStore() })
  const client = new LinqAPIV3({ apiKey: 'any', maxRetries: 0, timeout: 5_000, fetch: linq.fetch })
  const actorOf = (request: Request) => request.headers.get('x-actor') ?? ''
  const mayAct = (actor: string) => actor !== 'eve'
  const proxy = createTypingProxy({
    linq: client,
    hub,
    authorize(request) {
      const actor = actorOf(request)
      return mayAct(actor) && { actor, name: names[actor] }
    },
  })
  const webhook = createLinqWebhook({ secret, hub })
  const stream = createTypingStream({
    hub,
    identify(request) {
      const actor = actorOf(request)
      return { actor, maySee: () => mayAct(actor) }
    },
  })

  let isAway = false
  const open = new Set<AbortController>()
  const app = new Hono()
  app.get('/', (context) =>
    context.html(
      '<!doctype html><html lang="en"><title>Who types</title><body><script src="/main.js"></script></body></html>',
    ),
  )
  app.get('/main.js', (context) => context.body(script, 200, { 'content-type': 'text/javascript' }))
  app.get('/elsewhere', (context) => context.html('<!doctype html><title>Elsewhere</title>'))
  app.all('/api/linq/*', ({ req }) => proxy(req.raw))
  app.post('/webhook', ({ req }) => webhook(req.raw))
  app.get('/api/typing/stream', async ({ req }) => {
    if (isAway) return new Response(null, { status: 503 })
    const own = new AbortController()
    open.add(own)
    const end = () => open.delete(own)
    own.signal.addEventListener('abort', end)
    req.raw.signal.addEventListener('abort', end)
    const answer = await stream(req.raw)
    return new Response(answer.body && endable(answer.body, own.signal), answer)
  })
  app.post('/api/messages', async ({ req, body }) => {
    const { chatId, text } = await req.json<{ chatId: string; text: string }>()
    const sent = await client.chats.messages.send(chatId, {
      message: { parts: [{ type: 'text', value: text }] },
    })
    await hub.sent(chatId, { actor: actorOf(req.raw), id: sent.message.id })
    return body(null, 202)
  })

  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server
  const url = `http://localhost:${await listen(server, 0)}`
  linq.webhooks = { secret, to: `${url}/webhook` }
  const breakStreams = () => {
    for (const one of [...open]) one.abort()
  }
  return {
    url,
    linq,
    breakStreams,
    setAway(next) {
      isAway = next
      if (isAway) breakStreams()
    },
    streams: () => open.size,
    close: () => shut(server),
  }
}
