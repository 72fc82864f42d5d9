import type { LinqAnswer } from './network.js'

const messages: Record<number, string | undefined> = {
  1002: 'The request body is not valid',
  1005: 'The chat id is not a valid UUID',
  1007: 'Too many requests',
  2001: 'Not found',
  2004: 'The bearer token is missing or wrong',
  2005: 'Not permitted in this chat',
  2009: 'The chat is still being created',
  2013: 'You are no longer in this chat',
  2024: 'The recipient has opted out',
}

/** Puts an answer into Linq's form: nothing, a JSON body, or the error envelope. */
export function createResponse(answer: LinqAnswer, traceId: string): Response {
  const headers = new Headers({ 'X-Trace-ID': traceId })
  const body = bodyOf(answer, traceId)
  if (body !== null) headers.set('Content-Type', body.startsWith('<') ? 'text/html' : 'application/json')
  if (answer.retryAfter !== undefined) headers.set('Retry-After', String(answer.retryAfter))
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers.set(name, value)
  return new Response(body, { status: answer.status, headers })
}

function bodyOf({ status, code, retryAfter, body }: LinqAnswer, traceId: string): string | null {
  // `new Response('', { status: 204 })` throws.
  if (status === 204 || status === 205 || status === 304) return null
  if (body !== undefined) return body === '' ? null : body
  if (status < 400) return null
  const message = messages[code ?? 0] ?? `The request failed with status ${status}`
  const wait = typeof retryAfter === 'number' ? { retry_after: retryAfter } : {}
  return JSON.stringify({
    success: false,
    error: { status, code, message, ...wait },
    trace_id: traceId,
  })
}
