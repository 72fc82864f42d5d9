import { waitAfter } from './backoff.js'
import type { CallerHold } from './callerHold.js'
import type { Moment, Now } from './clock.js'
import { TypingError } from './typingError.js'
import type { TypingRequest } from './typingFetcher.js'

/** The failures of a chat, and what they forbid. */
export interface Setbacks {
  /** The last failure, until a success or a reset. */
  readonly error: TypingError | null
  /** Whether the chat refuses for good. */
  readonly isFinal: boolean
  /** Whether the outcome of a call changed what other chats may do. */
  settled: (error: TypingError | null, action: TypingRequest['action'], era: number) => boolean
  /** A start was wanted, and there is no network. */
  offline: () => void
  /** There is news since the last stop failed: only a limit still holds one up. */
  freeStops: () => void
  reset: () => void
  /** Milliseconds until a start may be made: an unrecognised caller holds up every chat, by the provider's hold. */
  startWait: () => number
  /** Milliseconds until a stop may be made: a failed start does not hold it up, a limit does. */
  stopWait: () => number
  /** When a start may be made again, epoch milliseconds. */
  retryAt: () => number | null
}

export function createSetbacks(now: Now, caller: CallerHold): Setbacks {
  let error: TypingError | null = null
  let failures = 0
  let since: Moment | null = null
  let duration = 0
  let holds: { starts: boolean; stops: boolean } = { starts: false, stops: false }

  const left = () => (since === null ? 0 : Math.max(0, duration - now.relianceAge(since)))
  const raise = (next: TypingError) => {
    if (error?.reason === next.reason && error.status === next.status && error.code === next.code) return
    error = next
  }
  const clear = () => {
    error = null
    failures = 0
    since = null
  }
  const fail = (next: TypingError, action: TypingRequest['action']) => {
    raise(next)
    if (next.isFinal) return
    failures++
    since = now.moment()
    duration = waitAfter(next, failures)
    holds = {
      starts: next.reason !== 'unauthorized',
      stops: action === 'stop' || next.reason === 'rate-limited',
    }
  }

  return {
    get error() {
      return error
    },
    get isFinal() {
      return error?.isFinal === true
    },
    settled(next, action, era) {
      if (next === null) clear()
      else fail(next, action)
      return caller.settled(next, action, era)
    },
    offline: () => raise(new TypingError({ reason: 'offline' })),
    freeStops() {
      holds.stops &&= error?.reason === 'rate-limited'
    },
    reset() {
      clear()
      caller.reset()
    },
    startWait: () => Math.max(holds.starts ? left() : 0, caller.wait()),
    stopWait: () => (holds.stops ? left() : 0),
    retryAt: () => {
      const own = since !== null && holds.starts && left() > 0 ? since.wall + duration : null
      const callers = caller.retryAt()
      return own === null || callers === null ? (own ?? callers) : Math.max(own, callers)
    },
  }
}
