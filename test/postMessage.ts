import type { LinqEmulator } from 'react-linq-typing/testing'

/** Sends a message through Linq, as an app's server does. */
export async function postMessage(linq: LinqEmulator, chatId: string, text: string): Promise<void> {
  const response = await linq.fetch(`http://linq.test/api/partner/v3/chats/${chatId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: { parts: [{ type: 'text', value: text }] } }),
  })
  if (!response.ok) throw new Error('not sent')
}
