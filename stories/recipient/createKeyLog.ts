import { linqReach } from './timelineWindow.js'

/** When keys were pressed, by chat, for as long as a timeline shows them. */
export interface KeyLog {
  readonly add: (chatId: string, at: number) => void
  /** The same array until a key is added. */
  readonly keys: (chatId: string) => readonly number[]
  readonly subscribe: (listener: () => void) => () => void
}

const none: readonly number[] = []

export function createKeyLog(): KeyLog {
  const chats = new Map<string, readonly number[]>()
  const listeners = new Set<() => void>()
  return {
    add(chatId, at) {
      const recent = (chats.get(chatId) ?? none).filter((key) => at - key < linqReach.past * 1.5)
      chats.set(chatId, [...recent, at])
      for (const listener of listeners) listener()
    },
    keys: (chatId) => chats.get(chatId) ?? none,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
