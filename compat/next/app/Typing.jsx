'use client'
import { createHttpFetcher, TypingProvider } from 'react-linq-typing'

const fetcher = createHttpFetcher({ baseUrl: '/api/linq' })

export function Typing({ children }) {
  return <TypingProvider fetcher={fetcher}>{children}</TypingProvider>
}
