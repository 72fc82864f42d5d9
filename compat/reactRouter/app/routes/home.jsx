import { ComposeBox, createHttpFetcher, TypingProvider } from 'react-linq-typing'
import 'react-linq-typing/styles.css'
import { chatId } from '../linq.server'

const fetcher = createHttpFetcher({ baseUrl: '/api/linq' })

async function send(text) {
  await fetch('/api/messages', { method: 'POST', body: text })
}

export const loader = () => ({ chatId })

export default function Home({ loaderData }) {
  return (
    <TypingProvider fetcher={fetcher}>
      <ComposeBox chatId={loaderData.chatId} onSend={send} placeholder="Write a message" />
    </TypingProvider>
  )
}
