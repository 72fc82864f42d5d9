import { getRequestListener } from '@hono/node-server'
import LinqAPIV3 from '@linqapp/sdk'
import express from 'express'
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

const app = express()
// All before express.json(): the proxy needs unread bodies, and a webhook's signature covers its raw body.
app.use('/api/linq', getRequestListener(proxy))
app.use('/api/linq-webhook', getRequestListener(webhook))
app.use('/api/typing/stream', getRequestListener(stream))
app.listen(Number(process.env.PORT ?? 3000))
