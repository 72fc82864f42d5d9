import type { CallerHold } from './callerHold.js'
import type { Clock, Now } from './clock.js'
import type { TypingPolicy } from './policy.js'
import type { TypingFetcher } from './typingFetcher.js'

/** What the sessions of one provider share. */
export interface SessionWorld {
  readonly clock: Clock
  readonly now: Now
  readonly caller: CallerHold
  readonly policy: () => TypingPolicy
  readonly fetcher: TypingFetcher
  readonly isOnline: () => boolean
  /** Whether the page can't be seen: nobody composes in it. */
  readonly isHidden: () => boolean
  /** Whether the provider is gone: what is owed is sent now or never, and no timer is set. */
  readonly isClosed: () => boolean
  /** What a recognised or unrecognised caller means for the other chats. */
  readonly onCallerChange: () => void
}
