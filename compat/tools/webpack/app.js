import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createElement as h } from 'react'
import { createRoot } from 'react-dom/client'
import { ComposeBox, createHttpFetcher, TypingProvider } from 'react-linq-typing'
import 'react-linq-typing/styles.css'

const queryClient = new QueryClient()
const fetcher = createHttpFetcher({ baseUrl: '/api/linq' })
const chatId = document.documentElement.dataset.chat

createRoot(document.getElementById('app')).render(
  h(
    QueryClientProvider,
    { client: queryClient },
    h(TypingProvider, { fetcher, queryClient }, h(ComposeBox, { chatId, onSend() {} })),
  ),
)
