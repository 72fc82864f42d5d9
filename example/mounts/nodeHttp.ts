import { getRequestListener } from '@hono/node-server'
import LinqAPIV3 from '@linqapp/sdk'
import { createServer } from 'node:http'
import {
  createLinqWebhook,
  createTypingHub,
  createTypingProxy,
  createTypingStream,
} from 'react-linq-typing/server'
import { mayWrite, whoListens } from './session.js' // yours

const hub = createTypingHub()
const proxy = createTypingProxy({ linq: () => new LinqAPIV3(), authorize: mayWrite, hub })
const webhook = createLinqWebhook({ secret: () => process.env.LINQ_WEBHOOK_SECRET ?? '', hub })
const stream = createTypingStream({ identify: whoListens, hub })

const listener = getRequestListener((request) => {
  const { pathname } = new URL(request.url)
  if (pathname.startsWith('/api/linq/')) return proxy(request)
  if (pathname === '/api/linq-webhook') return webhook(request)
  if (pathname === '/api/typing/stream') return stream(request)
  return new Response(null, { status: 404 })
})

createServer((request, response) => void listener(request, response)).listen(Number(process.env.PORT ?? 3000))
