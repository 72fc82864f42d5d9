import type { Caller } from './caller.js'
import type { FailurePolicy } from './failurePolicy.js'
import type { TypingPolicy } from './policy.js'
import type { TypingError } from './typingError.js'
import type { TypingFetcher } from './typingFetcher.js'

/** What the sessions of one provider share. */
export interface SessionWorld {
  readonly caller: Caller
  readonly policy: () => TypingPolicy
  readonly failures: FailurePolicy
  readonly fetcher: TypingFetcher
  /** A number for what happens, greater than those of all that happened before. */
  readonly nextTick: () => number
  readonly page: () => PageState
  /** Whether the provider is gone: what is owed is sent now or never, and no timer is set. */
  readonly isClosed: () => boolean
  /** What a recognised or unrecognised caller means for the other chats. */
  readonly onCallerChange: () => void
  readonly onFailure: (error: TypingError) => void
}

/** What the page says of itself. `gone`: it was left, and may come back out of the back/forward cache. */
export type PageState = 'visible' | 'hidden' | 'gone'
