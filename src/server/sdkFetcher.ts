import type { TypingFetcher } from '../core/typingFetcher.js'
import { callLinq } from './linqCall.js'
import type { LinqTypingClient } from './linqClient.js'

const timeout = 5_000

/**
 * A fetcher over the official client, or anything of its shape, for code that holds the token: a server. It retries
 * nothing, gives up after 5 seconds, and follows no redirect; everything that goes wrong is thrown as a `TypingError`,
 * an id that is no UUID before any call.
 */
export function createSdkFetcher(client: LinqTypingClient): TypingFetcher {
  return (request) => callLinq(client, request, timeout)
}
