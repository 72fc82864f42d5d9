import { TypingError } from '../core/typingError.js'
import type { TypingRequest } from '../core/typingFetcher.js'
import { letGo } from '../fetchers/body.js'
import type { LinqPromise, LinqTypingClient } from './linqClient.js'
import { toLinqError } from './linqError.js'
import { isUuid } from './uuid.js'

/**
 * Makes one typing call through a Linq client, without retries; everything that goes wrong is thrown as a
 * `TypingError`. When the request's signal fires it fails as a `timeout` at once, even if the client goes on.
 *
 * @param timeout milliseconds.
 */
export async function callLinq(
  client: LinqTypingClient,
  { chatId, action, signal }: Pick<TypingRequest, 'chatId' | 'action' | 'signal'>,
  timeout: number,
): Promise<void> {
  if (!isUuid(chatId)) throw new TypingError({ reason: 'invalid' })
  if (signal.aborted) throw new TypingError({ reason: 'timeout' })

  const own = new AbortController()
  const abort = () => own.abort()
  const aborted = new Promise<never>((_resolve, reject) => {
    own.signal.addEventListener('abort', () => reject(new TypingError({ reason: 'timeout' })))
  })
  signal.addEventListener('abort', abort)
  try {
    const answer = client.chats.typing[action](chatId, {
      maxRetries: 0,
      timeout,
      signal: own.signal,
      fetchOptions: { redirect: 'error' },
    })
    await Promise.race([accepted(answer), aborted])
  } catch (thrown) {
    throw toLinqError(thrown)
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** The official client would parse the body of a success, which says nothing, and fail if there is none. */
async function accepted(answer: LinqPromise): Promise<void> {
  if (typeof answer.asResponse !== 'function') {
    await answer
    return
  }
  const { body } = await answer.asResponse()
  void letGo(body)
}
