import { TypingError, type TypingErrorInit, type TypingErrorReason } from '../core/typingError.js'
import { codes } from './codes.js'

/** An answer other than 2xx, as far as it could be read. */
export interface Refusal extends Omit<TypingErrorInit, 'reason' | 'isFinal' | 'status'> {
  readonly status: number
  /** The reason, if our own proxy named it. */
  readonly reason?: TypingErrorReason | undefined
  /** Whether it has the full form of Linq's refusals, with or without a code. */
  readonly isSigned?: boolean | undefined
}

/**
 * Turns a refusal into an error. The reason comes from the HTTP status first and Linq's code second. It is final only if
 * someone who knows the chat said so: Linq, by its envelope or a code, or our proxy. A gateway or a firewall may answer
 * 404 too.
 */
export function toRefusal({ reason, status, code, isSigned = false, ...rest }: Refusal): TypingError {
  const linqCode = isLinqCode(code) ? code : undefined
  return new TypingError({
    ...rest,
    reason: reason ?? reasonOf(status, linqCode),
    status: status === 0 ? undefined : status,
    code: linqCode,
    // If left out, the reason decides.
    isFinal: isSigned || reason !== undefined || linqCode !== undefined ? undefined : false,
  })
}

/** Linq's codes have four digits; what a gateway calls a code is often just the status. */
function isLinqCode(code: number | undefined): boolean {
  return code !== undefined && Number.isInteger(code) && code >= 1_000 && code <= 9_999
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
  const known = codes[code ?? 0]
  const isKnown = known?.status === undefined || known.status === status
  return (isKnown ? known?.reason : undefined) ?? statuses[status] ?? 'server'
}
