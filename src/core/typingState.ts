import type { TypingError } from './typingError.js'

/**
 * The first match wins.
 *
 * - `unavailable`: this chat refuses typing for good: no call until `reset()`.
 * - `starting`, `stopping`: a session's first start, or a stop, is on its way.
 * - `waiting`: someone composes, and a failure or a limit holds a start back until `retryAt`.
 * - `active`: the provider accepted a start whose lifetime has not run out. Accepted doesn't mean shown.
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
  /** When a waiting session may start again, in epoch milliseconds; `null` unless it is waiting, never in the past. */
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
