import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ComposeBox, createHttpFetcher, TypingProvider } from 'react-linq-typing'

const fetcher = createHttpFetcher({ baseUrl: '/api/linq' })
const chatId = new URLSearchParams(location.search).get('chat')

async function send(text: string): Promise<void> {
  const answer = await fetch('/api/messages', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ chatId, text }),
  })
  if (!answer.ok) throw new Error(`the message was answered with ${answer.status}`)
}

createRoot(document.body.appendChild(document.createElement('div'))).render(
  <StrictMode>
    <TypingProvider fetcher={fetcher}>
      <ComposeBox chatId={chatId} onSend={send} />
    </TypingProvider>
  </StrictMode>,
)
