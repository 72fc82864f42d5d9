// app/api/linq/[...path]/route.ts
import LinqAPIV3 from '@linqapp/sdk'
import { createTypingProxy } from 'react-linq-typing/server'
import { readSession } from './session'

const proxy = createTypingProxy({
  linq: new LinqAPIV3(), // reads LINQ_API_V3_API_KEY
  authorize: async (request, chatId) => (await readSession(request))?.mayWriteIn(chatId) ?? 'unauthorized',
  onError: (error) => console.error(error),
})

export { proxy as POST, proxy as DELETE }
