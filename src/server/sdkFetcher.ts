import type { TypingFetcher } from '../core/typingFetcher.js'
import { callLinq } from './linqCall.js'
import type { LinqTypingClient } from './linqClient.js'

const timeout = 5_000

/**
 * Makes a fetcher for a server, where the token is, from the official client or anything of the same shape. It doesn't
 * retry, doesn't follow redirects, and gives up after 5 seconds. Every failure is thrown as a `TypingError`; an id that
 * isn't a UUID fails before any call.
 */
export function createSdkFetcher(client: LinqTypingClient): TypingFetcher {
  return (request) => callLinq(client, request, timeout)
}
