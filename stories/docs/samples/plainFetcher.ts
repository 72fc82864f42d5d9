import type { TypingFetcher } from 'react-linq-typing'

export const fetcher: TypingFetcher = async ({ chatId, action, signal, keepalive }) => {
  const response = await fetch('/rpc', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ call: 'typing', chatId, action }),
    signal,
    keepalive,
  })
  // A number in `status` is read as an HTTP status; without one, no answer came.
  if (!response.ok) throw Object.assign(new Error('Typing was refused'), { status: response.status })
}
