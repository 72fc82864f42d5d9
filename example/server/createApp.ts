import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { createTypingProxy } from 'react-linq-typing/server'
import type { DemoChats, DemoFailure } from '../api.js'
import { readFields } from './readFields.js'
import { explain, sendMessage } from './sendMessage.js'
import type { Upstream } from './Upstream.js'

const own = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Makes the app's server: its chats, its messages, and the typing proxy, all on the page's own origin.
 *
 * @param log told of every typing call that failed.
 */
export function createApp(upstream: Upstream, log: (line: string) => void): Hono {
  const app = new Hono()
  // The demo has one user, so what is asked is whether the chat is theirs.
  const mayActIn = async (chatId: string) => {
    const chats = await upstream.listChats()
    return chats.some(({ id }) => id === chatId.toLowerCase())
  }
  const proxy = createTypingProxy({
    linq: upstream.linq,
    authorize: (_request, chatId) => mayActIn(chatId),
    onError: (error) => log(String(error)),
  })

  // A foreign name that points to this machine would make a foreign page look like ours.
  app.use('/api/*', async (context, next) =>
    own.has(new URL(context.req.url).hostname) ? next() : context.notFound(),
  )

  app.all('/api/linq/*', (context) => proxy(context.req.raw))

  app.get('/api/chats', async (context) => {
    context.header('Cache-Control', 'no-store')
    try {
      return context.json<DemoChats>({ mode: upstream.mode, chats: await upstream.listChats() })
    } catch (error) {
      return context.json<DemoFailure>(notListed(error), 502)
    }
  })

  app.post('/api/messages', csrf(), async (context) => {
    const { chatId, text } = await readFields(context.req)
    if (typeof chatId !== 'string' || typeof text !== 'string') return context.json(explain(400), 400)
    if (!(await mayActIn(chatId).catch(() => false))) return context.json(explain(404), 404)
    const sent = await sendMessage(upstream.linq, chatId, text)
    return 'id' in sent ? context.json(sent, 202) : context.json<DemoFailure>(sent, sent.status)
  })
  return app
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
