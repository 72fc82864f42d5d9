import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import {
  createLinqWebhook,
  createTypingProxy,
  createTypingStream,
  type TypingHub,
} from 'react-linq-typing/server'
import { type Agent, agentHeader, findAgent } from '../agents.js'
import type { DemoChats, DemoFailure } from '../api.js'
import type { Typists } from './createTypists.js'
import { readFields } from './readFields.js'
import { explain, sendMessage } from './sendMessage.js'
import type { Upstream } from './Upstream.js'

const own = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Where Linq's webhooks come in. */
export const webhookPath = '/api/linq-webhook'

export interface AppOptions {
  /** Lets the agents type in one chat. */
  hub: TypingHub
  /** Told of every typing call that failed. */
  log: (line: string) => void
  /** Learns who types. */
  typists?: Typists | undefined
  /** Signs Linq's webhooks. @default the recipient's typing isn't heard of */
  webhookSecret?: string | undefined
}

export interface DemoApp {
  app: Hono
  /** Forgets that Linq asked to wait. */
  forgetLimit: () => void
}

/** Makes the app's server: its chats, its messages, and the typing proxy, all on the page's own origin. */
export function createApp(upstream: Upstream, { hub, log, typists, webhookSecret }: AppOptions): DemoApp {
  const app = new Hono()
  // The demo's agents share all chats.
  const mayActIn = async (chatId: string) => {
    const chats = await upstream.listChats()
    return chats.some(({ id }) => id === chatId.toLowerCase())
  }
  const createProxy = () =>
    createTypingProxy({
      linq: upstream.linq,
      async authorize(request, chatId) {
        const agent = readAgent(request.headers)
        if (agent === undefined) return 'unauthorized'
        return (await mayActIn(chatId)) && { actor: agent.id, name: agent.name }
      },
      hub,
      onEvent: typists?.hear,
      onError: (error) => log(String(error)),
    })
  let proxy = createProxy()
  const stream = createTypingStream({
    identify(request) {
      const agent = readAgent(request.headers)
      return agent === undefined ? null : { actor: agent.id, maySee: mayActIn }
    },
    hub,
    onError: (error) => log(String(error)),
  })

  // A foreign name that points to this machine would make a foreign page look like ours.
  app.use('/api/*', async (context, next) =>
    own.has(new URL(context.req.url).hostname) ? next() : context.notFound(),
  )

  app.all('/api/linq/*', (context) => proxy(context.req.raw))
  app.get('/api/typing/stream', (context) => stream(context.req.raw))

  if (webhookSecret !== undefined) {
    const webhook = createLinqWebhook({ secret: webhookSecret, hub, onError: (error) => log(String(error)) })
    app.post(webhookPath, (context) => webhook(context.req.raw))
  }

  app.get('/api/chats', async (context) => {
    context.header('Cache-Control', 'no-store')
    try {
      return context.json<DemoChats>({ mode: upstream.mode, chats: await upstream.listChats() })
    } catch (error) {
      return context.json<DemoFailure>(notListed(error), 502)
    }
  })

  app.post('/api/messages', csrf(), async (context) => {
    const agent = readAgent(context.req.raw.headers)
    if (agent === undefined) return context.json(explain(401), 401)
    const { chatId, text } = await readFields(context.req)
    if (typeof chatId !== 'string' || typeof text !== 'string') return context.json(explain(400), 400)
    if (!(await mayActIn(chatId).catch(() => false))) return context.json(explain(404), 404)
    const sent = await sendMessage(upstream.linq, chatId, text)
    if (!('id' in sent)) return context.json<DemoFailure>(sent, sent.status)
    typists?.sent(chatId, agent.id)
    await hub.sent(chatId, { actor: agent.id, id: sent.id })
    return context.json(sent, 202)
  })
  return { app, forgetLimit: () => (proxy = createProxy()) }
}

/** Believes what a window says, for this is a demo. A real app asks its session who is signed in. */
function readAgent(headers: Headers): Agent | undefined {
  return findAgent(headers.get(agentHeader))
}

function notListed(error: unknown): DemoFailure {
  const { status } = error as { status?: unknown }
  const why = typeof status === 'number' ? `it answered ${status}` : 'it could not be reached'
  return {
    error: {
      reason: 'upstream',
      message: `Linq did not list your chats: ${why}. Check LINQ_API_V3_API_KEY and your network, then reload.`,
    },
  }
}
