import { getRequestListener } from '@hono/node-server'
import LinqAPIV3 from '@linqapp/sdk'
import Fastify from 'fastify'
import {
  createLinqWebhook,
  createTypingHub,
  createTypingProxy,
  createTypingStream,
} from 'react-linq-typing/server'
import { mayWrite, whoListens } from './session.js' // yours

const hub = createTypingHub()
const parts = {
  '/api/linq/*': createTypingProxy({ linq: () => new LinqAPIV3(), authorize: mayWrite, hub }),
  '/api/linq-webhook': createLinqWebhook({ secret: () => process.env.LINQ_WEBHOOK_SECRET ?? '', hub }),
  '/api/typing/stream': createTypingStream({ identify: whoListens, hub }),
}

const app = Fastify()
app.register((typing, _options, done) => {
  typing.removeAllContentTypeParsers() // here only: bodies are passed on unread, because a signature covers the raw body
  typing.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null))
  for (const [path, part] of Object.entries(parts)) {
    const listener = getRequestListener(part)
    typing.all(path, (request, reply) => {
      reply.hijack()
      return listener(request.raw, reply.raw)
    })
  }
  done()
})
await app.listen({ port: Number(process.env.PORT ?? 3000) })
