import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import {
  ComposeBox,
  createHttpFetcher,
  createSseFeed,
  TypingBubble,
  TypingProvider,
  useRecipientTyping,
} from 'react-linq-typing'

const address = new URLSearchParams(location.search)
const chatId = address.get('chat') ?? ''
const headers = { 'x-actor': address.get('actor') ?? '' }
const fetcher = createHttpFetcher({ baseUrl: '/api/linq', headers })
const feed = createSseFeed({ url: '/api/typing/stream', headers })

/** Says for the test what the hook says. */
function Truth(): ReactNode {
  const { isTyping } = useRecipientTyping(chatId)
  return <output>{isTyping ? 'They type' : 'They do not type'}</output>
}

const root = document.body.appendChild(document.createElement('main'))
createRoot(root).render(
  <TypingProvider fetcher={fetcher} feed={feed}>
    <Truth />
    <TypingBubble chatId={chatId} name="Ada" />
    <TypingBubble chatId={chatId} of="agents" />
    <ComposeBox
      chatId={chatId}
      onSend={(text) =>
        fetch('/api/messages', {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify({ chatId, text }),
        })
      }
    />
  </TypingProvider>,
)
