import type { TypingError } from './typingError.js'

/** What a provider's failures mean. */
export interface FailurePolicy {
  /** Turns whatever a fetcher threw into an error; never throws itself. */
  readonly read: (thrown: unknown) => TypingError
  /**
   * How long the next call has to wait after a passing failure, in milliseconds.
   *
   * @param failures how many came in a row, this one included.
   */
  readonly waitAfter: (error: TypingError, failures: number) => number
  /** How soon after an offline failure the next call may follow once the network is back, in milliseconds. */
  readonly waitForNetwork: number
}
