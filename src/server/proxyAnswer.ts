import type { TypingError, TypingErrorInit, TypingErrorReason } from '../core/typingError.js'

const statuses: Record<TypingErrorReason, number> = {
  invalid: 422,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  gone: 409,
  unsupported: 409,
  busy: 409,
  'rate-limited': 429,
  server: 502,
  network: 502,
  offline: 502,
  timeout: 504,
}

/** Linq's trace ids are 32 hex digits; anything else may be the upstream's text. */
const isTraceId = (traceId: string | undefined) => traceId !== undefined && /^[0-9a-f]{32}$/i.test(traceId)

/** Says that the call was accepted. */
export function answerAccepted(): Response {
  return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } })
}

/**
 * Says why the call failed, in numbers and our own words.
 *
 * @param status an HTTP status instead of the reason's own.
 */
export function answerFailure(
  { reason, code, retryAfter, traceId }: Pick<TypingErrorInit, 'reason' | 'code' | 'retryAfter' | 'traceId'>,
  status: number = statuses[reason],
): Response {
  const wait = readWait(retryAfter)
  const headers = new Headers({ 'Cache-Control': 'no-store', 'Content-Type': 'application/json' })
  if (wait !== undefined) headers.set('Retry-After', String(Math.ceil(wait / 1_000)))
  const error = { reason, code, retryAfter: wait, traceId: isTraceId(traceId) ? traceId : undefined }
  return new Response(JSON.stringify({ error }), { status, headers })
}

/** Makes a wait finite, and not negative: a client of the host's own may ask for anything. */
function readWait(retryAfter: number | undefined): number | undefined {
  if (retryAfter === undefined || Number.isNaN(retryAfter)) return undefined
  return Math.min(Math.max(0, retryAfter), Number.MAX_SAFE_INTEGER)
}

const refusals = new Set<TypingErrorReason>(['invalid', 'forbidden', 'not-found', 'gone', 'unsupported'])

/** Says that Linq did not accept a call, and no more about it than the page may know. */
export function answerLinqFailure({
  reason,
  status,
  code,
  retryAfter,
  traceId,
  isFinal,
}: TypingError): Response {
  // Linq's 404 looks the same as the one for somebody else's chat.
  if (reason === 'not-found' && isFinal) return answerFailure({ reason })
  // A gateway that gave up, or a web page with a 2xx, doesn't say whether the call landed. If it did, the page has a bubble
  // to end.
  const told = status !== undefined && (status === 504 || status < 300) ? 504 : undefined
  // The token is the server's concern: a 401 would tell the page that its own user is signed out. And a refusal that Linq
  // did not sign, such as a gateway's, says nothing about the chat.
  if (reason === 'unauthorized' || (refusals.has(reason) && !isFinal))
    return answerFailure({ reason: 'server', retryAfter, traceId }, told)
  return answerFailure({ reason, code, retryAfter, traceId }, told)
}
