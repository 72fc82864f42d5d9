import type { TypingPolicy } from './policy.js'
import type { TypingError, TypingErrorReason } from './typingError.js'

/** A service that shows typing. */
export interface TypingService {
  /** How long things last there. */
  readonly policy: TypingPolicy
  /** What its failures mean. */
  readonly failures: FailurePolicy
}

/** What a service's failures mean, and how long each holds back the next call. */
export interface FailurePolicy {
  /**
   * Turns a refusal into an error, which says why the call failed and whether trying again is useless. If it throws or returns
   * no error, the refusal counts as no answer.
   */
  readonly readRefusal: (refusal: TypingRefusal) => TypingError
  /**
   * How long the next call has to wait after a failure that isn't final, in milliseconds: at most 5 minutes. If it throws
   * or returns anything but a number of 0 or more, the wait is 30 s, and an uncaught error says so.
   *
   * @param failures how many came in a row, this one included.
   */
  readonly waitAfter: (error: TypingError, failures: number) => number
  /** How soon after an offline failure the next call may follow once the network is back, in milliseconds. */
  readonly waitForNetwork: number
}

/** An answer other than 2xx, as far as it could be read. */
export interface TypingRefusal {
  /** The HTTP status. */
  readonly status: number
  /** The answer's numeric error code. */
  readonly code?: number | undefined
  /** The reason, if `createTypingProxy` named it. */
  readonly reason?: TypingErrorReason | undefined
  readonly traceId?: string | undefined
  /** How long the answer asks to wait, in milliseconds. */
  readonly retryAfter?: number | undefined
  /** The whole body, if `createHttpFetcher` read it and it was JSON. */
  readonly body?: unknown
  /** What the fetcher threw, if it threw something of its own. */
  readonly cause?: unknown
}
