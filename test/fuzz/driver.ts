import { linqPolicy, type TypingFetcher, type TypingState } from 'react-linq-typing'
import { createTypingSessions } from '../../src/core/sessions.js'
import { linqFailures } from '../../src/linq/failures.js'
import type { TypingInput } from '../../src/core/typingInput.js'

/** What a page is to its visitor; `gone` is between `pagehide` and `pageshow`. */
export type PageState = 'visible' | 'hidden' | 'gone'

/** What drives one page with a few inputs; sessions or components stand behind it. */
export interface Driver {
  /** Puts an input into a chat, out of the one where it was. */
  join: (slot: number, chatId: string) => void
  leave: (slot: number) => void
  keystroke: (slot: number, hasText: boolean) => void
  sent: (slot: number, sending: Promise<unknown>) => void
  setEnabled: (slot: number, isEnabled: boolean) => void
  setPage: (page: PageState) => void
  setOnline: (isOnline: boolean) => void
  /** Whether a page is told that its machine woke; else it has its timers only. */
  hearsWake: boolean
  /** The machine wakes from sleep. */
  wake: () => void
  /** A feed tells of a message; `isOthers` if it says who sent it. */
  messageTold: (chatId: string, isOthers: boolean) => void
  stop: (chatId: string) => void
  reset: (chatId: string) => void
  /** The provider goes, with every input. */
  close: () => void
  /** It comes back, without one. */
  reopen: () => void
  /** It goes for good. */
  unmount: () => void
}

/** Makes a driver of a page with these chats; `onTold` hears of each change in what the library says of one. */
export type CreateDriver = (
  fetcher: TypingFetcher,
  chatIds: readonly string[],
  onTold: (chatId: string, state: TypingState) => void,
) => Driver

/** Drives the sessions of the core. */
export const createCoreDriver: CreateDriver = (fetcher, chatIds, onTold) => {
  let isOnline = true
  const sessions = createTypingSessions({
    policy: () => linqPolicy,
    failures: () => linqFailures,
    isOnline: () => isOnline,
    fetcher,
  })
  const inputs = new Map<number, TypingInput>()
  for (const chatId of chatIds) sessions.subscribe(chatId, () => onTold(chatId, sessions.state(chatId)))
  const leave = (slot: number) => {
    inputs.get(slot)?.leave()
    inputs.delete(slot)
  }
  return {
    join(slot, chatId) {
      leave(slot)
      inputs.set(slot, sessions.join(chatId))
    },
    leave,
    keystroke: (slot, hasText) => inputs.get(slot)?.keystroke(hasText),
    sent: (slot, sending) => inputs.get(slot)?.sent(sending),
    setEnabled: (slot, isEnabled) => inputs.get(slot)?.setEnabled(isEnabled),
    setPage: (page) => sessions.setPage(page),
    setOnline(online) {
      isOnline = online
      if (online) sessions.reconnect()
    },
    hearsWake: true,
    wake: () => sessions.wake(),
    messageTold: (chatId, isOthers) => sessions.messageTold(chatId, isOthers),
    stop: (chatId) => sessions.stop(chatId),
    reset: (chatId) => sessions.reset(chatId),
    close() {
      sessions.close()
      inputs.clear()
    },
    reopen: () => sessions.wake(),
    unmount: () => sessions.close(),
  }
}
