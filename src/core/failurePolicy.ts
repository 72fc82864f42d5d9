import type { TypingError } from './typingError.js'

/** What a provider's failures mean. */
export interface FailurePolicy {
  /** Makes an error of whatever a fetcher threw; never throws itself. */
  readonly read: (thrown: unknown) => TypingError
  /**
   * How long the next call has to wait after a passing failure, in milliseconds.
   *
   * @param failures how many came in a row, this one included.
   */
  readonly waitAfter: (error: TypingError, failures: number) => number
  /** How soon after a failure for want of a network the next call may follow once there is one, in milliseconds. */
  readonly waitForNetwork: number
}
