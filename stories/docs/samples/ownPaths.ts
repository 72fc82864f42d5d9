import { createHttpFetcher } from 'react-linq-typing'
import { readToken } from './token'

export const fetcher = createHttpFetcher({
  url: (chatId) => `https://chat.example.com/conversations/${encodeURIComponent(chatId)}/typing`,
  headers: async () => ({ Authorization: `Bearer ${await readToken()}` }),
})
