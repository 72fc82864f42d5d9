// Cloudflare Workers. One Durable Object holds what webhooks, calls and streams share: a worker runs in many isolates, and
// no request may use what another one opened. In wrangler.toml: the binding TYPING, of the class Typing.
import LinqAPIV3 from '@linqapp/sdk'
import {
  createLinqWebhook,
  createMemoryStore,
  createTypingHub,
  createTypingProxy,
  createTypingStream,
} from 'react-linq-typing/server'
import { mayWrite, whoListens } from './session.js' // yours

interface Env {
  LINQ_API_V3_API_KEY: string
  LINQ_API_V3_BASE_URL?: string
  LINQ_WEBHOOK_SECRET: string
  TYPING: { getByName: (name: string) => { fetch: (request: Request) => Promise<Response> } }
}

export class Typing {
  readonly fetch: (request: Request) => Promise<Response>

  constructor(_state: unknown, env: Env) {
    const linq = () => new LinqAPIV3({ apiKey: env.LINQ_API_V3_API_KEY, baseURL: env.LINQ_API_V3_BASE_URL })
    const hub = createTypingHub({ store: createMemoryStore() }) // this object's own
    const proxy = createTypingProxy({ linq, authorize: mayWrite, hub })
    const webhook = createLinqWebhook({ secret: env.LINQ_WEBHOOK_SECRET, hub })
    const stream = createTypingStream({ identify: whoListens, hub })

    this.fetch = async (request) => {
      const { pathname } = new URL(request.url)
      if (pathname.startsWith('/api/linq/')) return proxy(request)
      if (pathname === '/api/linq-webhook') return webhook(request)
      if (pathname === '/api/typing/stream') return stream(request)
      return new Response(null, { status: 404 })
    }
  }
}

export default {
  fetch: (request: Request, { TYPING }: Env) => TYPING.getByName('all').fetch(request),
}
