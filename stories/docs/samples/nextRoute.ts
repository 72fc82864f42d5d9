// app/api/linq/[...path]/route.ts
import LinqAPIV3 from '@linqapp/sdk'
import { createTypingHub, createTypingProxy } from 'react-linq-typing/server'
import { readSession } from '@/session' // yours: who is signed in?

const proxy = createTypingProxy({
  linq: () => new LinqAPIV3(), // reads LINQ_API_V3_API_KEY at the first call
  hub: createTypingHub(), // hubs without a store share their process's memory
  authorize: async (request, chatId) => {
    const session = await readSession(request)
    if (session === null) return 'unauthorized'
    return session.mayWriteIn(chatId) && { actor: session.userId, name: session.userName }
  },
  onError: (error) => console.error(error),
})

export { proxy as POST, proxy as DELETE, proxy as OPTIONS }
