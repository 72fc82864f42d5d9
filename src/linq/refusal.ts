import { TypingError, type TypingErrorReason } from '../core/typingError.js'
import type { TypingRefusal } from '../core/typingService.js'
import { codes } from './codes.js'

/** What a body would be if Linq wrote it. */
interface LinqEnvelope {
  readonly success?: unknown
  readonly error?: { readonly status?: unknown } | null
}

/**
 * Turns a refusal into an error. The reason comes from the HTTP status first and Linq's code second. It is final only if
 * someone who knows the chat said so: Linq, by its envelope or a code, or our proxy. A gateway or a firewall may answer
 * 404 too.
 */
export function toRefusal({ reason, status, code, body, ...rest }: TypingRefusal): TypingError {
  // Linq's codes have four digits; what a gateway calls a code is often just the status.
  const linqCode = /^[1-9]\d{3}$/.test(String(code)) ? code : undefined
  return new TypingError({
    ...rest,
    reason: reason ?? reasonOf(status, linqCode),
    status: status || undefined,
    code: linqCode,
    // If left out, the reason decides.
    isFinal: isSigned(body as LinqEnvelope) || reason || linqCode ? undefined : false,
  })
}

/** Whether a body has the full form of Linq's refusals, with or without a code. */
function isSigned(envelope: LinqEnvelope | null | undefined): boolean {
  return envelope?.success === false && typeof envelope.error?.status === 'number'
}

const statuses: Record<number, TypingErrorReason> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  409: 'busy',
  410: 'gone',
  422: 'invalid',
  429: 'rate-limited',
}

function reasonOf(status: number, code: number | undefined): TypingErrorReason {
  const { reason, status: only = status } = codes[code ?? 0] ?? {}
  return (only === status ? reason : undefined) ?? statuses[status] ?? 'server'
}
