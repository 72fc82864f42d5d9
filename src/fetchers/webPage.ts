import { TypingError, type TypingErrorInit } from '../core/typingError.js'
import { readBody } from './body.js'
import { readRetryAfter } from './retryAfter.js'

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

/** Turns a web page into an error: the address is not a typing endpoint, or something else answers in its place. */
export function webPageError(
  { status, headers }: { status: number | undefined; headers: Pick<Headers, 'get'> },
  explanation: TypingErrorInit['explanation'],
  cause?: unknown,
): TypingError {
  const retryAfter = readRetryAfter(headers.get('retry-after'))
  return new TypingError({ reason: 'server', status, retryAfter, isSetupMistake: true, explanation, cause })
}
