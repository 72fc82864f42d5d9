import { fields } from './fields.js'
import { readTraceId } from './readTraceId.js'
import { isTypingErrorReason, opening, TypingError, type TypingErrorReason } from './typingError.js'
import type { FailurePolicy } from './typingService.js'

/**
 * Turns whatever a fetcher threw into an error; never throws itself. A number of 300 or more in its `status` makes it a
 * refusal; without one no answer came.
 */
export function readFailure(thrown: unknown, readRefusal: FailurePolicy['readRefusal']): TypingError {
  let unanswered: TypingErrorReason = 'network'
  try {
    if (thrown instanceof TypingError) return thrown
    const { name, message, status, reason, code, traceId, retryAfter, isFinal, isSetupMistake } =
      fields(thrown)
    const said = {
      code: number(code),
      traceId: readTraceId(traceId),
      retryAfter: number(retryAfter),
      cause: thrown,
    }
    // Another copy of this package has another class.
    if (name === 'TypingError' && isTypingErrorReason(reason)) {
      const error = new TypingError({
        ...said,
        reason,
        status: number(status),
        isFinal: boolean(isFinal),
        isSetupMistake: boolean(isSetupMistake),
      })
      // It may say more than its reason does, such as an address.
      if (typeof message === 'string' && message.startsWith(opening)) error.message = message
      return error
    }
    if (typeof status === 'number' && status >= 300) return readRefusal({ ...said, status })
    if (name === 'TimeoutError') unanswered = 'timeout'
  } catch {
    // It can't be read, so it is no answer.
  }
  return new TypingError({ reason: unanswered, cause: thrown })
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function boolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}
