import { createHttpFetcher, type TypingFetcher } from 'react-linq-typing'
import {
  createLinqEmulator,
  type LinqChatInit,
  type LinqEmulator,
  type LinqNetwork,
} from 'react-linq-typing/testing'

/** What a story says about its Linq, as `parameters.linq`. */
export interface StoryLinqOptions {
  chat?: Omit<LinqChatInit, 'id'> | undefined
  network?: LinqNetwork | undefined
  /** What the recipient wrote before. @default 'Hello! Is it ready?' */
  greeting?: string | undefined
}

/** An emulated Linq with the one chat of a story, in the page. */
export interface StoryLinq {
  emulator: LinqEmulator
  chatId: string
  fetcher: TypingFetcher
  /** Sends a message; rejects where Linq refuses it. */
  send: (text: string) => Promise<void>
  /** Whether the recipient sees the bubble now. */
  sees: () => boolean
  /** How many calls of a kind were made. */
  count: (action: 'start' | 'stop' | 'message') => number
}

const baseUrl = 'https://linq.example/api/partner'

export function createStoryLinq({ chat, network, greeting }: StoryLinqOptions = {}): StoryLinq {
  const emulator = createLinqEmulator({ network })
  const chatId = emulator.addChat(chat)
  emulator.receive(chatId, greeting ?? 'Hello! Is it ready?')
  return {
    emulator,
    chatId,
    fetcher: createHttpFetcher({ baseUrl, fetch: emulator.fetch }),
    async send(text) {
      const response = await emulator.fetch(`${baseUrl}/v3/chats/${chatId}/messages`, {
        method: 'POST',
        body: JSON.stringify({ message: { parts: [{ type: 'text', value: text }] } }),
      })
      if (!response.ok) throw new Error(`Linq answered ${response.status}.`)
    },
    sees: () => emulator.recipientSees(chatId),
    count: (action) => emulator.calls.filter((call) => call.action === action).length,
  }
}
