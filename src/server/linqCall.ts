import { TypingError } from '../core/typingError.js'
import type { TypingRequest } from '../core/typingFetcher.js'
import { letGo } from '../fetchers/body.js'
import { beginsWithTag, isHtml } from '../fetchers/webPage.js'
import { boundedClient } from './boundedClient.js'
import type { LinqPromise, LinqTypingClient } from './linqClient.js'
import { linqPageError, readHeaders, toLinqError } from './linqError.js'
import { isUuid } from './uuid.js'

/**
 * Makes one typing call through a Linq client, without retries; everything that goes wrong is thrown as a
 * `TypingError`. When the request's signal fires it fails at once, even if the client goes on: as the refusal whose body
 * is still on its way, else as a `timeout`.
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
  let refusal: Response | undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    own.signal.addEventListener('abort', () =>
      reject(refusal ? toLinqError(refusal) : new TypingError({ reason: 'timeout' })),
    )
  })
  signal.addEventListener('abort', abort)
  try {
    const answer = boundedClient(client, (response) => (refusal = response)).chats.typing[action](chatId, {
      maxRetries: 0,
      timeout,
      signal: own.signal,
      fetchOptions: { redirect: 'manual' },
    })
    await Promise.race([accepted(answer, own.signal), aborted])
  } catch (thrown) {
    throw toLinqError(thrown, refusal)
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** The official client would parse the body of a success, which holds nothing, and fail if there is none. */
async function accepted(answer: LinqPromise, signal: AbortSignal): Promise<void> {
  if (typeof answer.asResponse !== 'function') {
    await answer
    return
  }
  const response = (await answer.asResponse()) as Pick<Response, 'body' | 'text'> & Partial<Response>
  const { status, ok, body } = response
  const headers = readHeaders(response.headers)
  if (ok !== false && headers !== undefined && isHtml(headers) && (await beginsWithTag(response, signal)))
    throw linqPageError({ status, headers })
  void letGo(body)
  // The official client throws these itself.
  if (ok === false) throw toLinqError(response)
}
