import { isTypingErrorReason, type TypingErrorReason } from '../core/typingError.js'
import { readRetryAfter } from './retryAfter.js'

/** What the body and the headers of a refusal say. */
export interface Envelope {
  /** The reason, if our proxy named it. */
  reason: TypingErrorReason | undefined
  /** Whether it has the full form of Linq's refusals. */
  isSigned: boolean
  /** Linq's error code, or what a gateway calls one. */
  code: number | undefined
  traceId: string | undefined
  /** Milliseconds. */
  retryAfter: number | undefined
}

/** Reads a refusal's headers and parsed body: Linq's envelope, its `error` alone, or our proxy's. */
export function readEnvelope(body: unknown, headers: Pick<Headers, 'get'> | undefined): Envelope {
  const whole = fields(body)
  const named = fields(whole.error)
  const error = typeof whole.error === 'object' ? named : whole
  return {
    reason: isTypingErrorReason(named.reason) ? named.reason : undefined,
    isSigned: whole.success === false && typeof named.status === 'number',
    code: number(error.code),
    traceId: token(error.traceId) ?? token(whole.trace_id) ?? token(headers?.get('x-trace-id')),
    retryAfter: number(error.retryAfter) ?? readRetryAfter(headers?.get('retry-after'), error.retry_after),
  }
}

/** The fields of a value that may be anything. */
export function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function number(value: unknown): number | undefined {
  return Number.isFinite(value) && (value as number) >= 0 ? (value as number) : undefined
}

/** Only what looks like an id: our messages quote it. */
function token(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined
}
