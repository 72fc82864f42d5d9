'use client'
import type { ReactNode } from 'react'
import { ComposeBox, createHttpFetcher, TypingProvider } from 'react-linq-typing'
import 'react-linq-typing/styles.css'
import { sendMessage } from './api'

const fetcher = createHttpFetcher({ baseUrl: '/api/linq' })

export function Chat({ chatId }: { chatId: string }): ReactNode {
  return (
    <TypingProvider fetcher={fetcher}>
      <ComposeBox chatId={chatId} onSend={(text) => sendMessage(chatId, text)} />
    </TypingProvider>
  )
}
