import { serve } from '@hono/node-server'
import LinqAPIV3 from '@linqapp/sdk'
import { Hono } from 'hono'
import { createTypingProxy } from 'react-linq-typing/server'
import { mayWrite } from './session.js' // yours

const proxy = createTypingProxy({ linq: () => new LinqAPIV3(), authorize: mayWrite })

const app = new Hono()
app.all('/api/linq/*', (context) => proxy(context.req.raw))
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) })
