import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query'
import { createElement as h } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { ComposeBox, TypingProvider } from 'react-linq-typing'

function Page({ fetcher }) {
  const queryClient = useQueryClient()
  return h(TypingProvider, { fetcher, queryClient }, h(ComposeBox, { chatId: 'a', onSend() {} }))
}

/** Shows the app, whose calls run in its own client. */
export function show(element, fetcher) {
  const client = new QueryClient()
  const root = createRoot(element)
  flushSync(() => root.render(h(QueryClientProvider, { client }, h(Page, { fetcher }))))
  return { client, unmount: () => root.unmount() }
}
