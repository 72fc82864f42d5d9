import type { LinqEmulator } from 'react-linq-typing/testing'
import { expect } from 'vitest'

/** Calls a mounted proxy as a page would: the bubble comes and goes, and only who is signed in is let through. */
export async function expectCallsToReach(linq: LinqEmulator, origin: string, mount: string): Promise<void> {
  const chatId = linq.addChat()
  const call = async (method: string, user = 'ada') => {
    const headers = { Origin: origin, 'Content-Type': 'text/plain', Cookie: `user=${user}` }
    const answer = await fetch(`${origin}${mount}/v3/chats/${chatId}/typing`, { method, headers })
    return answer.status
  }
  expect(await call('POST', 'eve')).toBe(404)
  expect(linq.recipientSees(chatId)).toBe(false)
  expect(await call('POST')).toBe(204)
  expect(linq.recipientSees(chatId)).toBe(true)
  expect(await call('DELETE')).toBe(204)
  expect(linq.recipientSees(chatId)).toBe(false)
}
