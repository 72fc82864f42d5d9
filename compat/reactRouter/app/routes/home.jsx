import { ComposeBox, createHttpFetcher, createSseFeed, TypingBubble, TypingProvider } from 'react-linq-typing'
import 'react-linq-typing/styles.css'
import { chatId } from '../linq.server'

const fetcher = createHttpFetcher({ baseUrl: '/api/linq' })

const stream = createSseFeed({ url: '/api/typing/stream' })

/** What the stream tells and, once it has told who types, what the test tells. */
function feed(listener) {
  return stream((event) => {
    listener(event)
    window.tell = listener
  })
}

async function send(text) {
  await fetch('/api/messages', { method: 'POST', body: text })
}

export const loader = () => ({ chatId })

export default function Home({ loaderData }) {
  return (
    <TypingProvider fetcher={fetcher} feed={feed}>
      <TypingBubble chatId={loaderData.chatId} data-chat={loaderData.chatId} name="Ada" />
      <ComposeBox chatId={loaderData.chatId} onSend={send} placeholder="Write a message" />
    </TypingProvider>
  )
}
