import LinqAPIV3 from '@linqapp/sdk'
import { Hono } from 'hono'
import { createTypingProxy } from 'react-linq-typing/server'
import { readSession } from './session'

const proxy = createTypingProxy({
  linq: () => new LinqAPIV3(),
  authorize: async (request, chatId) => {
    const session = await readSession(request)
    if (session === null) return 'unauthorized'
    return session.mayWriteIn(chatId) && { actor: session.userId, name: session.userName }
  },
  onError: (error) => console.error(error),
})

export const app = new Hono().all('/api/linq/*', (context) => proxy(context.req.raw))
