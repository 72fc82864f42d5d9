import { TypingError } from '../core/typingError.js'
import type { TypingFetcher, TypingRequest } from '../core/typingFetcher.js'
import { aborted, letGo, readBody } from './body.js'
import { isWebPage, readRefusal, webPageError } from './refusal.js'
import { addressUnder } from './typingAddress.js'

export interface HttpFetcherOptions {
  /** Where the proxy is, without `/v3/…`: `/api/linq`, or another origin's address. */
  baseUrl?: string | null | undefined
  /** The address of a chat's typing, for a proxy with paths of its own. @default `{baseUrl}/v3/chats/{chatId}/typing` */
  url?: ((chatId: string) => string) | null | undefined
  /** Headers for each call, or a function that is asked for them at each call. */
  headers?:
    | HeadersInit
    | ((request: TypingRequest) => MaybePromise<HeadersInit | null | undefined>)
    | null
    | undefined
  /** @default 'same-origin' */
  credentials?: RequestCredentials | null | undefined
  /** @default the global `fetch`, looked up at each call */
  fetch?: ((input: string, init: RequestInit) => Promise<Response>) | null | undefined
}

type MaybePromise<T> = T | Promise<T>

/**
 * Makes a fetcher over HTTP: `POST` starts and `DELETE` stops, both without a body. Any 2xx that is no web page is an
 * acceptance; everything else is thrown as a `TypingError`.
 *
 * @throws TypeError if there is no address, or one that can't work.
 */
export function createHttpFetcher(options: HttpFetcherOptions): TypingFetcher {
  const { headers } = options
  const address = options.url ?? addressUnder(options.baseUrl)

  return async (request) => {
    const { chatId, action, signal, keepalive } = request
    const target = address(chatId)
    let known = typeof headers === 'function' ? headers(request) : headers
    // Nothing is awaited that need not be: a closing page gives no second chance.
    if (isPromise(known)) {
      known = (await Promise.race([known, aborted(signal)])) ?? null
      // Not every `fetch` minds a signal that has fired: its call would land late.
      if (signal.aborted) throw new TypingError({ reason: 'timeout' })
    }
    let response: Response
    try {
      response = await (options.fetch ?? fetch)(target, {
        method: action === 'start' ? 'POST' : 'DELETE',
        ...(known && { headers: known }),
        credentials: options.credentials ?? 'same-origin',
        keepalive,
        signal,
        redirect: 'manual',
      })
    } catch (cause) {
      throw new TypingError({ reason: signal.aborted ? 'timeout' : 'network', cause })
    }
    if (!response.ok) throw await readRefusal(response, target, signal)
    // A login page or an app's own index is no answer of a typing endpoint, whatever its status.
    if (isWebPage(response) && /^\s*</.test(await readBody(response, signal, (text) => /\S/.test(text))))
      throw webPageError(response, target)
    void letGo(response.body)
  }
}

function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return typeof (value as Partial<Promise<T>> | null | undefined)?.then === 'function'
}
