import { StrictMode, useState } from 'react'
import { createPortal } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { ComposeBox, createHttpFetcher, TypingProvider } from 'react-linq-typing'

const search = new URLSearchParams(location.search)
const fetcher = createHttpFetcher({
  baseUrl: `${search.get('proxy') ?? ''}/api/linq`,
  // Another origin is asked ahead for both.
  ...(search.has('proxy') && { credentials: 'include', headers: { 'X-App': 'inbox' } }),
})
const chatId = search.get('chat')

async function send(text: string): Promise<void> {
  const answer = await fetch('/api/messages', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ chatId, text }),
  })
  if (!answer.ok) throw new Error(`the message was answered with ${answer.status}`)
}

/** The box, in a window of its own where the address says so. */
function App() {
  const [place, setPlace] = useState<HTMLElement | null>(null)
  const box = <ComposeBox chatId={chatId} onSend={send} />
  if (!search.has('popup')) return box
  const open = () => setPlace(window.open('', '', 'popup,width=400,height=300')?.document.body ?? null)
  return place === null ? <button onClick={open}>Open</button> : createPortal(box, place)
}

createRoot(document.body.appendChild(document.createElement('div'))).render(
  <StrictMode>
    <TypingProvider fetcher={fetcher}>
      <App />
    </TypingProvider>
  </StrictMode>,
)
