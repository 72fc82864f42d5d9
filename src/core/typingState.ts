import type { TypingError } from './typingError.js'

/**
 * - `unavailable`: this chat refuses typing for good: no call until `reset()`.
 * - `starting`, `stopping`: a session's first start, or a stop, is on its way.
 * - `waiting`: someone composes, and a failure, a limit or being offline forbids a start until `retryAt`.
 * - `active`: the provider accepted a start whose lifetime has not run out. Accepted is not seen.
 * - `idle`: nothing announced.
 */
export type TypingStatus = 'idle' | 'starting' | 'active' | 'stopping' | 'waiting' | 'unavailable'

/** What is known of typing in a chat. */
export interface TypingState {
  readonly status: TypingStatus
  /** The last failure, until a success, `reset()` or another chat. */
  readonly error: TypingError | null
  /** Whether someone composes in an input of this chat, whatever the network says. */
  readonly isTyping: boolean
  /** When a waiting session may start again, epoch milliseconds; `null` when only the network can tell. */
  readonly retryAt: number | null
}

export const idleState: TypingState = Object.freeze({
  status: 'idle',
  error: null,
  isTyping: false,
  retryAt: null,
})

export function sameState(one: TypingState, other: TypingState): boolean {
  return (
    one.status === other.status &&
    one.error === other.error &&
    one.isTyping === other.isTyping &&
    one.retryAt === other.retryAt
  )
}

/** The first status that holds. */
export function statusOf(chat: {
  isRefused: boolean
  /** The call that is on its way. */
  action: 'start' | 'stop' | undefined
  /** Whether an accepted start still lasts, and no message is about to clear its bubble. */
  isAnnounced: boolean
  /** Whether someone composes who may not start. */
  isHeldUp: boolean
}): TypingStatus {
  if (chat.isRefused) return 'unavailable'
  if (chat.action === 'stop') return 'stopping'
  if (chat.action === 'start' && !chat.isAnnounced) return 'starting'
  if (chat.isHeldUp) return 'waiting'
  return chat.isAnnounced ? 'active' : 'idle'
}
