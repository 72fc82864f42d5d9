import { serve } from '@hono/node-server'
import LinqAPIV3 from '@linqapp/sdk'
import { Hono } from 'hono'
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

const app = new Hono()
app.all('/api/linq/*', (context) => proxy(context.req.raw))
app.post('/api/linq-webhook', (context) => webhook(context.req.raw))
app.get('/api/typing/stream', (context) => stream(context.req.raw))
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) })
