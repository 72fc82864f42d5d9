'use client'
import { ComposeBox, TypingBubble, TypingProvider } from 'react-linq-typing'
import { createHttpFetcher, createSseFeed } from 'react-linq-typing'
import { sendMessage } from './api'

const fetcher = createHttpFetcher({ baseUrl: '/api/linq' })
const feed = createSseFeed({ url: '/api/typing/stream' })

export function Answered({ chat }: { chat: { id: string; name: string } }) {
  return (
    <TypingProvider fetcher={fetcher} feed={feed}>
      <TypingBubble chatId={chat.id} name={chat.name} />
      <TypingBubble chatId={chat.id} of="agents" />
      <ComposeBox chatId={chat.id} onSend={(text) => sendMessage(chat.id, text)} />
    </TypingProvider>
  )
}
