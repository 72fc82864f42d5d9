'use client'
import {
  createHttpFetcher,
  createSseFeed,
  TypingBubble,
  TypingProvider,
  useAgentsTyping,
  useRecipientTyping,
} from 'react-linq-typing'

const fetcher = createHttpFetcher({ baseUrl: '/api/linq' })

/** A request while the app is built, or a page is rendered on the server, ends the process. */
const stream = createSseFeed({
  url: '/api/typing/stream',
  fetch: (...request) => (typeof window === 'undefined' ? process.exit(1) : fetch(...request)),
})

/** What the stream tells and, once it has told who types, what the test tells. */
function feed(listener) {
  return stream((event) => {
    listener(event)
    window.tell = listener
  })
}

export function Typing({ chatId, children }) {
  return (
    <TypingProvider fetcher={fetcher} feed={feed}>
      <TypingBubble chatId={chatId} data-chat={chatId} name="Ada" />
      <Words chatId={chatId} />
      {children}
    </TypingProvider>
  )
}

function Words({ chatId }) {
  const { isTyping } = useRecipientTyping(chatId)
  const agents = useAgentsTyping(chatId)
  return <p>{`They ${isTyping ? 'type' : 'are quiet'}, ${agents.length} of us type`}</p>
}
