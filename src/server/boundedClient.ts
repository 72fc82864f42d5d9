import { fields } from '../core/fields.js'
import { readBody } from '../fetchers/body.js'
import type { LinqTypingCall, LinqTypingClient } from './linqClient.js'

type Fetch = (input: RequestInfo, init?: RequestInit) => Promise<Response>

/**
 * The official client would read a whole refusal, however long that takes. This is the same client with a `fetch` whose
 * refusals end after 64 kB or a second; any other client, or one whose calls were replaced, is returned as it is.
 *
 * @param onRefusal called with a refusal as soon as its status and headers have arrived.
 */
export function boundedClient(
  client: LinqTypingClient,
  onRefusal: (refusal: Response) => void,
): LinqTypingClient {
  const { fetch, withOptions } = fields(client)
  if (typeof fetch !== 'function' || typeof withOptions !== 'function' || !isAsShipped(client)) return client
  const options = { fetch: boundedFetch(fetch as Fetch, onRefusal) }
  return withOptions.call(client, options) as LinqTypingClient
}

/** A copy would lose functions that replaced the client's own calls, such as a tracer's. */
function isAsShipped({ chats: { typing } }: LinqTypingClient): boolean {
  const { start, stop } = fields(Object.getPrototypeOf(typing)) as Record<string, LinqTypingCall | undefined>
  return typing.start === start && typing.stop === stop
}

function boundedFetch(fetch: Fetch, onRefusal: (refusal: Response) => void): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    if (response.ok) return response
    onRefusal(response)
    const signal = init?.signal ?? new AbortController().signal
    const whole = { body: response.body, text: response.text.bind(response) }
    return Object.defineProperty(response, 'text', { value: () => readBody(whole, signal) })
  }
}
