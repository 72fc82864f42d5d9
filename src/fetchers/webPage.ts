import { TypingError, type TypingErrorInit } from '../core/typingError.js'
import { readBody } from './body.js'
import { readEnvelope } from './envelope.js'

/** Whether an answer says that it is HTML. */
export function isHtml(headers: Partial<Pick<Headers, 'get'>> | undefined): boolean {
  // A test's mock often lacks them.
  return /^[^;]*\bx?html\b/i.test(headers?.get?.('content-type') ?? '')
}

/** Whether a body begins with a tag: a success may say that it is HTML only because it has no body. */
export async function beginsWithTag(
  response: Pick<Response, 'body' | 'text'>,
  signal: AbortSignal,
): Promise<boolean> {
  return /^\s*</.test(await readBody(response, signal, (text) => /\S/.test(text)))
}

/** Whether an answer is a redirect. Browsers hide its status and its headers. */
export function isRedirect({ type, status }: Pick<Response, 'type' | 'status'>): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400)
}

/** Turns a web page or a redirect into an error: the address is wrong, or something else answers in its place. */
export function webPageError(
  { status, headers }: { status?: number | undefined; headers?: Partial<Pick<Headers, 'get'>> | undefined },
  explanation: TypingErrorInit['explanation'],
  cause?: unknown,
): TypingError {
  const { traceId, retryAfter } = readEnvelope(undefined, headers)
  const said = { status: status === 0 ? undefined : status, traceId, retryAfter, explanation, cause }
  return new TypingError({ ...said, reason: 'server', isSetupMistake: true })
}
