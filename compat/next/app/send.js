'use server'
import { chatId, linq } from './linq'

export async function send(text) {
  const body = JSON.stringify({ message: { parts: [{ type: 'text', value: text }] } })
  const headers = { 'content-type': 'application/json' }
  await linq.fetch(`http://linq.test/v3/chats/${chatId}/messages`, { method: 'POST', headers, body })
}
