import { createTypingProxy } from 'react-linq-typing/server'
import { linq } from '../linq.server'

/** Calls Linq as its official client does. */
const call = (method) => async (id) => {
  const { ok } = await linq.fetch(`http://linq.test/v3/chats/${id}/typing`, { method })
  if (!ok) throw new Error('Linq refused')
}

const proxy = createTypingProxy({
  linq: { chats: { typing: { start: call('POST'), stop: call('DELETE') } } },
  authorize: () => true,
})

/** Every method but GET. */
export const action = ({ request }) => proxy(request)
