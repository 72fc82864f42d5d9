import { fields } from '../core/fields.js'
import { readTraceId } from '../core/readTraceId.js'
import { isTypingErrorReason } from '../core/typingError.js'
import type { TypingRefusal } from '../core/typingService.js'
import { isAmount, readRetryAfter } from './retryAfter.js'

/** Reads a refusal's headers and parsed body: Linq's envelope, its `error` alone, or a stranger's. Waits are in seconds. */
export function readEnvelope(
  body: unknown,
  headers: Partial<Pick<Headers, 'get'>> | undefined,
): Omit<TypingRefusal, 'status' | 'cause'> {
  const whole = fields(body)
  const error = typeof whole.error === 'object' ? fields(whole.error) : whole
  return {
    code: number(error.code),
    traceId:
      readTraceId(error.traceId) ?? readTraceId(whole.trace_id) ?? readTraceId(headers?.get?.('x-trace-id')),
    retryAfter: readRetryAfter(headers, error.retry_after ?? error.retryAfter),
    body,
  }
}

/** Reads what only our proxy's envelope holds: a reason, and beside it a wait in milliseconds. */
export function readProxyEnvelope(body: unknown): Pick<TypingRefusal, 'reason' | 'retryAfter'> {
  const { reason, retryAfter } = fields(fields(body).error)
  if (!isTypingErrorReason(reason)) return {}
  return isAmount(retryAfter) ? { reason, retryAfter } : { reason }
}

function number(value: unknown): number | undefined {
  return isAmount(value) ? value : undefined
}
