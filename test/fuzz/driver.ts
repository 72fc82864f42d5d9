import { linqPolicy, type TypingFetcher } from 'react-linq-typing'
import { createTypingSessions } from '../../src/core/sessions.js'
import { linqFailures } from '../../src/linq/failures.js'
import type { TypingInput } from '../../src/core/typingInput.js'

/** What drives one page with a few inputs; sessions or components stand behind it. */
export interface Driver {
  /** Puts an input into a chat, out of the one where it was. */
  join: (slot: number, chatId: string) => void
  leave: (slot: number) => void
  keystroke: (slot: number, hasText: boolean) => void
  sent: (slot: number, sending: Promise<unknown>) => void
  setEnabled: (slot: number, isEnabled: boolean) => void
  setHidden: (isHidden: boolean) => void
  setOnline: (isOnline: boolean) => void
  /** The machine wakes from sleep. */
  wake: () => void
  stop: (chatId: string) => void
  reset: (chatId: string) => void
  /** The provider goes, with every input. */
  close: () => void
  /** It comes back, without one. */
  reopen: () => void
  /** It goes for good. */
  unmount: () => void
}

/** Drives the sessions of the core. */
export function createCoreDriver(fetcher: TypingFetcher): Driver {
  let isOnline = true
  const sessions = createTypingSessions({
    policy: () => linqPolicy,
    failures: linqFailures,
    isOnline: () => isOnline,
    fetcher,
  })
  const inputs = new Map<number, TypingInput>()
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
    setHidden: (isHidden) => sessions.setPage(isHidden ? 'hidden' : 'visible'),
    setOnline(online) {
      isOnline = online
      if (online) sessions.reconnect()
    },
    wake: () => sessions.wake(),
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
