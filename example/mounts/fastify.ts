import { getRequestListener } from '@hono/node-server'
import LinqAPIV3 from '@linqapp/sdk'
import Fastify from 'fastify'
import { createTypingProxy } from 'react-linq-typing/server'
import { mayWrite } from './session.js' // yours

const proxy = createTypingProxy({ linq: () => new LinqAPIV3(), authorize: mayWrite })
const listener = getRequestListener(proxy)

const app = Fastify()
app.register((linq, _options, done) => {
  linq.removeAllContentTypeParsers() // here only: the proxy gets bodies as they come
  linq.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null))
  linq.all('/api/linq/*', (request, reply) => {
    reply.hijack()
    return listener(request.raw, reply.raw)
  })
  done()
})
await app.listen({ port: Number(process.env.PORT ?? 3000) })
