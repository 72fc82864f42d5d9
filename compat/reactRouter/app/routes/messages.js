import { chatId, linq } from '../linq.server'

export async function action({ request }) {
  const body = JSON.stringify({ message: { parts: [{ type: 'text', value: await request.text() }] } })
  const headers = { 'content-type': 'application/json' }
  await linq.fetch(`http://linq.test/v3/chats/${chatId}/messages`, { method: 'POST', headers, body })
  return new Response(null, { status: 202 })
}
