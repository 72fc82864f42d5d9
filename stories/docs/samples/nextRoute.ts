// app/api/linq/[...path]/route.ts
import LinqAPIV3 from '@linqapp/sdk'
import { createTypingProxy } from 'react-linq-typing/server'
import { hub } from '@/hub'
import { readSession } from '@/session'

const proxy = createTypingProxy({
  linq: () => new LinqAPIV3(), // reads LINQ_API_V3_API_KEY at the first call
  hub,
  authorize: async (request, chatId) => {
    const session = await readSession(request)
    if (session === null) return 'unauthorized'
    return session.mayWriteIn(chatId) && { actor: session.userId, name: session.userName }
  },
  onError: (error) => console.error(error),
})

export { proxy as POST, proxy as DELETE, proxy as OPTIONS }
