import type { Chat } from './chat.js'
import { timeout } from './figures.js'
import { later, type Moment, timerAge } from './moments.js'
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
  /** The place in the log of the last 401, until a call begun after it is accepted; else null. */
  doubtIndex: number | null
  /** When the provider came back. */
  opened: Moment | null
  /** When its timers ran again. */
  back: Moment | null
  /** The place in the log of the last `reset()`. */
  resetIndex: number
}

export const createPage = (chats: ReadonlyMap<string, Chat>): Page => ({
  chats,
  isOnline: true,
  isAway: false,
  isClosed: false,
  caller: noWaits(),
  doubtIndex: null,
  opened: null,
  back: null,
  resetIndex: -1,
})

/** A caller in doubt may be tried with one start at a time: until when others wait for its answer, or null. */
export function trialEnd({ chats, doubtIndex, opened }: Page, chat: Chat, now: Moment): Moment | null {
  if (doubtIndex === null) return null
  let last: Moment | null = null
  for (const other of chats.values()) {
    if (other === chat || other.call?.action !== 'start') continue
    const { begun } = other.call
    const since = opened !== null && opened.at > begun.at ? opened : begun
    if (last === null || since.at > last.at) last = since
  }
  return last !== null && timerAge(last, now) < timeout ? later(last, timeout) : null
}
