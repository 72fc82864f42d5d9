import type { Caller } from './caller.js'
import type { TypingPolicy } from './policy.js'
import type { TypingError } from './typingError.js'
import type { TypingFetcher } from './typingFetcher.js'
import type { FailurePolicy } from './typingService.js'

/** What the sessions of one provider share. */
export interface SessionWorld {
  readonly caller: Caller
  readonly policy: () => TypingPolicy
  readonly failures: () => FailurePolicy
  /** Turns whatever a fetcher threw into an error. */
  readonly read: (thrown: unknown) => TypingError
  readonly fetcher: TypingFetcher
  /** A number for the next event, greater than that of every earlier one. */
  readonly nextTick: () => number
  readonly page: () => PageState
  /** Whether the provider is gone: what is owed is sent now or never, and no timer is set. */
  readonly isClosed: () => boolean
  /** Called when an answer about the caller may concern the other chats. */
  readonly onCallerChange: () => void
  readonly onFailure?: ((error: TypingError) => void) | undefined
}

/** The state of the page. `gone`: it was left, and may come back from the back/forward cache. */
export type PageState = 'visible' | 'hidden' | 'gone'
