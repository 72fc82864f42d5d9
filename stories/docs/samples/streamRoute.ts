// app/api/typing/stream/route.ts
import { createTypingStream } from 'react-linq-typing/server'
import { hub } from '@/hub'
import { readSession } from '@/session'

const stream = createTypingStream({
  hub,
  identify: async (request) => {
    const session = await readSession(request)
    if (session === null) return null
    const { userId, mayReadIn } = session
    return { actor: userId, maySee: mayReadIn }
  },
})

export { stream as GET, stream as OPTIONS }
