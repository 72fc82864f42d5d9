import type { Chat } from './chat.js'
import { noWaits, type Waits } from './waits.js'

/** What is known of the page and of its caller. */
export interface Page {
  chats: ReadonlyMap<string, Chat>
  /** What `navigator.onLine` says. */
  isOnline: boolean
  /** Whether no timer runs. */
  isAway: boolean
  /** Whether the provider is gone. */
  isClosed: boolean
  /** What an unauthorized caller holds back in every chat. */
  caller: Waits
  /** The place in the log of the last `reset()`. */
  resetIndex: number
}

export const createPage = (chats: ReadonlyMap<string, Chat>): Page => ({
  chats,
  isOnline: true,
  isAway: false,
  isClosed: false,
  caller: noWaits(),
  resetIndex: -1,
})
