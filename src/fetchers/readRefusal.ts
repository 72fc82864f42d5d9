import { TypingError } from '../core/typingError.js'
import type { TypingService } from '../core/typingService.js'
import { toRefusal } from '../linq/refusal.js'
import { readBody } from './body.js'
import { readEnvelope } from './envelope.js'
import { readRetryAfter } from './retryAfter.js'

/** Turns an answer other than 2xx into an error, as the service reads it; as Linq does if there is none. */
export async function readRefusal(
  response: Response,
  signal: AbortSignal,
  service: TypingService | null | undefined,
): Promise<TypingError> {
  const body = parse(await readBody(response, signal))
  const refusal = { ...readEnvelope(body, response.headers), status: response.status }
  return service ? service.failures.readRefusal(refusal) : toRefusal(refusal)
}

/** Whether an answer says that it is HTML. */
export function isWebPage({ headers }: { headers?: Partial<Headers> }): boolean {
  // A test's mock often lacks them.
  return /^[^;]*\bx?html\b/i.test(headers?.get?.('content-type') ?? '')
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
