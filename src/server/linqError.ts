import { fields } from '../core/fields.js'
import { TypingError } from '../core/typingError.js'
import { readEnvelope } from '../fetchers/envelope.js'
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
    const said = readEnvelope(error, readable(headers))
    return toRefusal({ ...said, reason: undefined, status, cause: thrown })
  }
  // A redirect as browsers show it, without a status: the official client mistakes it for a broken connection.
  if ([refusal?.type, fields(thrown).type].includes('opaqueredirect'))
    return new TypingError({ reason: 'server', cause: thrown })
  // The official client's errors have no name of their own, and a bundler renames their classes.
  const isTimeout = name === 'TimeoutError' || (typeof message === 'string' && /timed? ?out/i.test(message))
  return new TypingError({ reason: isTimeout ? 'timeout' : 'network', cause: thrown })
}

function readable(headers: unknown): Pick<Headers, 'get'> | undefined {
  return typeof fields(headers).get === 'function' ? (headers as Headers) : undefined
}
