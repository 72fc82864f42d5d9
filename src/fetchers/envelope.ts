import { fields } from '../core/fields.js'
import { isTypingErrorReason } from '../core/typingError.js'
import type { TypingRefusal } from '../core/typingService.js'
import { isAmount, readRetryAfter } from './retryAfter.js'

/** Reads a refusal's headers and parsed body: Linq's envelope, its `error` alone, or our proxy's. */
export function readEnvelope(
  body: unknown,
  headers: Partial<Pick<Headers, 'get'>> | undefined,
): Omit<TypingRefusal, 'status' | 'cause'> {
  const whole = fields(body)
  const named = fields(whole.error)
  const error = typeof whole.error === 'object' ? named : whole
  return {
    reason: isTypingErrorReason(named.reason) ? named.reason : undefined,
    code: number(error.code),
    traceId: token(error.traceId) ?? token(whole.trace_id) ?? token(headers?.get?.('x-trace-id')),
    retryAfter: number(error.retryAfter) ?? readRetryAfter(headers?.get?.('retry-after'), error.retry_after),
    body,
  }
}

function number(value: unknown): number | undefined {
  return isAmount(value) ? value : undefined
}

/** Only what looks like an id: our messages quote it. */
function token(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined
}
