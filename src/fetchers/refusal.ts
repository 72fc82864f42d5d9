import { reasonOf, TypingError } from '../core/typingError.js'
import { readEnvelope } from './envelope.js'

/** Far more than an error envelope holds. */
const longestBody = 100_000

/** What an answer other than 2xx says: by Linq's envelope, by our proxy's, or by its status alone. */
export async function readRefusal(response: Response): Promise<TypingError> {
  const { status, headers } = response
  const body = parse(await response.text().catch(() => ''))
  const { reason, code, traceId, retryAfter } = readEnvelope(body, headers)
  return new TypingError({
    reason: reason ?? reasonOf(status, code),
    status: status === 0 ? undefined : status,
    code,
    traceId,
    retryAfter,
  })
}

function parse(body: string): unknown {
  if (body.length > longestBody) return undefined
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
