import { createTypingProxy } from 'react-linq-typing/server'
import { chatId, linq } from '../../../linq'

/** Calls Linq as its official client does. */
const call = (method) => async (id) => {
  const { ok } = await linq.fetch(`http://linq.test/v3/chats/${id}/typing`, { method })
  if (!ok) throw new Error('Linq refused')
}

const proxy = createTypingProxy({
  linq: { chats: { typing: { start: call('POST'), stop: call('DELETE') } } },
  authorize: (_request, id) => id === chatId,
})

export { proxy as DELETE, proxy as POST }
