import type { TypingFetcher } from '../core/typingFetcher.js'
import { callLinq } from './linqCall.js'
import { createLinqSource, type LinqSource } from './linqSource.js'

const timeout = 5_000

/**
 * Makes a fetcher for a server, where the token is, from the official client or anything of the same shape. It doesn't
 * retry, doesn't follow redirects, and gives up after 5 seconds. Every failure is thrown as a `TypingError`; an id that
 * isn't a UUID fails before any call.
 *
 * @param client or a function that makes it at the first call.
 * @throws TypeError if this can't be a client.
 */
export function createSdkFetcher(client: LinqSource): TypingFetcher {
  const getLinq = createLinqSource(client, 'createSdkFetcher')
  return async (request) => {
    const linq = getLinq()
    return callLinq(linq instanceof Promise ? await linq : linq, request, timeout)
  }
}
