import { waitUnauthorized } from './backoff.js'
import type { Moment, Now } from './clock.js'
import type { TypingError } from './typingError.js'
import type { TypingRequest } from './typingFetcher.js'

/** Holds back every chat of a provider while its caller is not recognised, and then tries with one call at a time. */
export interface CallerHold {
  /** @returns what tells this call from those made after a reset. */
  began: () => number
  /** Whether the outcome of a call changed what other chats may do. */
  settled: (error: TypingError | null, action: TypingRequest['action'], era: number) => boolean
  /** Milliseconds until a start may be made; `Infinity` while another chat tries. */
  wait: () => number
  retryAt: () => number | null
  /** Waits no longer, whatever comes of earlier calls; until one is accepted it is still one at a time. */
  reset: () => void
}

export function createCallerHold(now: Now): CallerHold {
  let failures = 0
  let isDoubtful = false
  let underWay = 0
  let since: Moment | null = null
  let duration = 0
  let currentEra = 0

  const left = () => (since === null ? 0 : Math.max(0, duration - now.relianceAge(since)))
  const forget = () => {
    failures = 0
    since = null
  }

  return {
    began() {
      underWay++
      return currentEra
    },
    settled(error, action, era) {
      underWay--
      const wasDoubtful = isDoubtful
      if (error === null) {
        forget()
        isDoubtful = false
      } else if (
        error.reason === 'unauthorized' &&
        era === currentEra &&
        (action === 'start' || !wasDoubtful)
      ) {
        isDoubtful = true
        failures++
        since = now.moment()
        duration = waitUnauthorized(error, failures)
      }
      return wasDoubtful || isDoubtful
    },
    wait: () => left() || (isDoubtful && underWay > 0 ? Infinity : 0),
    retryAt: () => (since !== null && left() > 0 ? since.wall + duration : null),
    reset() {
      forget()
      currentEra++
    },
  }
}
