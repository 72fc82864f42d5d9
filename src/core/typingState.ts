import type { Chat } from './chat.js'
import { clears, isAccepted, isTyping, type Pass, startWait } from './rules.js'
import type { TypingError } from './typingError.js'

/**
 * The first match wins.
 *
 * - `unavailable`: this chat refuses typing for good. No calls until `reset()`, or until the chat is reopened.
 * - `starting`, `stopping`: a session's first start, or a stop, is on its way.
 * - `waiting`: someone is composing, and a failure or a limit holds a start back until `retryAt`.
 * - `active`: the service accepted a start, and it hasn't run out. Accepted doesn't mean shown.
 * - `idle`: nothing is announced.
 */
export type TypingStatus = 'idle' | 'starting' | 'active' | 'stopping' | 'waiting' | 'unavailable'

/** What is known about typing in a chat. */
export interface TypingState {
  readonly status: TypingStatus
  /** The last failure, until a success, `reset()` or another chat. */
  readonly error: TypingError | null
  /** Whether someone is composing in an input of this chat, whatever the network says. */
  readonly isTyping: boolean
  /** When a waiting chat may start again, in epoch milliseconds, never in the past; `null` unless it is waiting. */
  readonly retryAt: number | null
}

export const idleState: TypingState = Object.freeze({
  status: 'idle',
  error: null,
  isTyping: false,
  retryAt: null,
})

/** The state of a chat to report: the same object as last time if nothing changed. */
export function stateOf(chat: Chat, pass: Pass, told: TypingState): TypingState {
  const status = statusOf(chat, pass)
  const retryAt = status === 'waiting' ? retryTime(chat, pass, told.retryAt) : null
  const state = { status, error: chat.error, isTyping: isTyping(chat, pass), retryAt }
  return isSame(state, told) ? told : state
}

function statusOf(chat: Chat, pass: Pass): TypingStatus {
  const isAnnounced = isAccepted(chat, pass) && !clears(chat, chat.bubble.acceptedTick)
  if (chat.isRefused) return 'unavailable'
  if (chat.call?.action === 'stop') return 'stopping'
  if (chat.call !== null && !isAnnounced) return 'starting'
  if (chat.call === null && isTyping(chat, pass) && startWait(chat, pass) > 0) return 'waiting'
  return isAnnounced ? 'active' : 'idle'
}

/** When a waiting chat may start again. The two clocks drift apart a little, which changes nothing. */
function retryTime(chat: Chat, pass: Pass, told: number | null): number {
  const { wall } = pass.now
  const at = Math.ceil(wall + startWait(chat, pass))
  return told !== null && told > wall && Math.abs(told - at) < 50 ? told : at
}

function isSame(one: TypingState, other: TypingState): boolean {
  return (
    one.status === other.status &&
    one.error === other.error &&
    one.isTyping === other.isTyping &&
    one.retryAt === other.retryAt
  )
}
