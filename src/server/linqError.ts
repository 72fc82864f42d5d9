import { fields } from '../core/fields.js'
import { TypingError } from '../core/typingError.js'
import { readEnvelope } from '../fetchers/envelope.js'
import { isHtml, webPageError } from '../fetchers/webPage.js'
import { toRefusal } from '../linq/refusal.js'

/**
 * Turns whatever a Linq client threw into a `TypingError`, and keeps it as the cause.
 *
 * @param refusal the refusal that the client was given, if that is known.
 */
export function toLinqError(thrown: unknown, refusal?: Pick<Response, 'type'>): TypingError {
  if (thrown instanceof TypingError) return thrown
  const { status, error, headers, name, message } = fields(thrown)
  if (typeof status === 'number' && status >= 300) {
    const known = readHeaders(headers)
    const answer = { status, headers: known }
    if (isHtml(known)) return linqPageError(answer, thrown)
    if (status < 400) return linqPageError(answer, thrown, 'redirect')
    return toRefusal({ ...readEnvelope(error, known), status, cause: thrown })
  }
  // A redirect as browsers show it, without a status: the official client mistakes it for a broken connection.
  if ([refusal?.type, fields(thrown).type].includes('opaqueredirect'))
    return linqPageError({}, thrown, 'redirect')
  // The official client's errors have no name of their own, and a bundler renames their classes.
  const isTimeout = name === 'TimeoutError' || (typeof message === 'string' && /timed? ?out/i.test(message))
  return new TypingError({ reason: isTimeout ? 'timeout' : 'network', cause: thrown })
}

/** The error for a web page, or a redirect, in place of Linq's answer. */
export function linqPageError(
  answer: Parameters<typeof webPageError>[0],
  cause?: unknown,
  what: 'web page' | 'redirect' = 'web page',
): TypingError {
  const explanation = {
    happened: `a ${what} came in place of Linq's answer`,
    remedy:
      "Check the base URL of the Linq client, and whether a firewall or a gateway answers in Linq's place",
  }
  return webPageError(answer, explanation, cause)
}

/** Headers, if that is what they are: a client of the host's own may throw anything. */
export function readHeaders(headers: unknown): Pick<Headers, 'get'> | undefined {
  return typeof fields(headers).get === 'function' ? (headers as Headers) : undefined
}
