/** Sends a message; rejects if it was not sent. */
export async function sendMessage(chatId: string, text: string): Promise<void> {
  const response = await fetch('/api/messages', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ chatId, text }),
  })
  if (!response.ok) throw new Error(`The message was not sent: ${response.status}`)
}
