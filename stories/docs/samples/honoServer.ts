import LinqAPIV3 from '@linqapp/sdk'
import { Hono } from 'hono'
import { createTypingProxy } from 'react-linq-typing/server'
import { readSession } from './session'

const proxy = createTypingProxy({
  linq: new LinqAPIV3(),
  authorize: async (request, chatId) => (await readSession(request))?.mayWriteIn(chatId) ?? 'unauthorized',
  onError: (error) => console.error(error),
})

export const app = new Hono().all('/api/linq/*', (context) => proxy(context.req.raw))
