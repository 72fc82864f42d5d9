import type { TypingError } from '../core/typingError.js'
import type { TypingService } from '../core/typingService.js'
import { toRefusal } from '../linq/refusal.js'
import { readBody } from './body.js'
import { readEnvelope, readProxyEnvelope } from './envelope.js'

/** Turns an answer other than 2xx into an error, as the service reads it; as Linq does if there is none. */
export async function readRefusal(
  response: Response,
  signal: AbortSignal,
  service: TypingService | null | undefined,
): Promise<TypingError> {
  const body = parse(await readBody(response, signal))
  const { status, headers } = response
  const refusal = { ...readEnvelope(body, headers), ...readProxyEnvelope(body), status }
  return service ? service.failures.readRefusal(refusal) : toRefusal(refusal)
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
