import type { TypingFeedEvent } from '../../core/typingFeed.js'

export type FeedMessage = Extract<TypingFeedEvent, { type: 'message' }>

/** Messages that wait for a verdict on whether the page may see their chat. */
export interface HeldMessages {
  readonly add: (message: FeedMessage) => void
  readonly take: (chatId: string) => readonly FeedMessage[]
  readonly has: (chatId: string) => boolean
  readonly chatIds: () => readonly string[]
}

const mostInAChat = 10
const mostChats = 100

/** Makes room for a few messages: the oldest are dropped. */
export function createHeldMessages(): HeldMessages {
  const held = new Map<string, FeedMessage[]>()

  return {
    add(message) {
      const messages = held.get(message.chatId) ?? []
      held.set(message.chatId, [...messages, message].slice(-mostInAChat))
      const [oldest] = held.keys()
      if (held.size > mostChats && oldest !== undefined) held.delete(oldest)
    },
    take(chatId) {
      const messages = held.get(chatId) ?? []
      held.delete(chatId)
      return messages
    },
    has: (chatId) => held.has(chatId),
    chatIds: () => [...held.keys()],
  }
}
