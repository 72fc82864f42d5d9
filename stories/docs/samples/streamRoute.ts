// app/api/typing/stream/route.ts
import { createTypingStream } from 'react-linq-typing/server'
import { hub } from './hub'
import { readSession } from './session'

const stream = createTypingStream({
  hub,
  identify: async (request) => {
    const session = await readSession(request)
    return session && { actor: session.userId, maySee: (chatId) => session.mayReadIn(chatId) }
  },
})

export { stream as GET, stream as OPTIONS }
