import { TypingError } from '../core/typingError.js'
import { toRefusal } from '../linq/refusal.js'
import { readBody } from './body.js'
import { readEnvelope } from './envelope.js'
import { readRetryAfter } from './retryAfter.js'

/** Turns an answer other than 2xx into an error: by Linq's envelope, our proxy's, or the status alone. */
export async function readRefusal(
  response: Response,
  address: string,
  signal: AbortSignal,
): Promise<TypingError> {
  if (isWebPage(response)) return webPageError(response, address)
  const { status, headers } = response
  return toRefusal({ ...readEnvelope(parse(await readBody(response, signal)), headers), status })
}

/** Whether an answer says that it is HTML. */
export function isWebPage({ headers }: Response): boolean {
  return /^[^;]*\bx?html\b/i.test(headers.get('content-type') ?? '')
}

/** Turns a web page into an error: the address is not a typing endpoint, or something else answers in its place. */
export function webPageError({ status, headers }: Response, address: string): TypingError {
  return new TypingError({
    reason: 'server',
    status,
    retryAfter: readRetryAfter(headers.get('retry-after')),
    isSetupMistake: true,
    explanation: {
      // A query may hold a secret.
      happened: `${address.replace(/[?#].*/s, '')} answered with a web page`,
      remedy: 'Check baseUrl or url(chatId), and whether a login or a firewall answers in its place',
    },
  })
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
