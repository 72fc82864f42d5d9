import { TypingError } from '../core/typingError.js'
import type { TypingFetcher, TypingRequest } from '../core/typingFetcher.js'
import { checkBaseUrl } from './baseUrl.js'
import { letGo, startOf } from './body.js'
import { isWebPage, readRefusal, webPageError } from './refusal.js'

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
  const { baseUrl, url, headers, credentials } = options
  const address = url ?? underBase(baseUrl)

  return async (request) => {
    const { chatId, action, signal, keepalive } = request
    const target = address(chatId)
    const given = typeof headers === 'function' ? headers(request) : headers
    // Nothing is awaited that need not be: a closing page gives no second chance.
    const known = isPromise(given) ? await inTime(given, signal) : given
    const response = await send(options.fetch ?? fetch, target, {
      method: action === 'start' ? 'POST' : 'DELETE',
      ...(known != null && { headers: known }),
      credentials: credentials ?? 'same-origin',
      keepalive,
      signal,
      redirect: 'manual',
    })
    if (!response.ok) throw await readRefusal(response, target, signal)
    // A login page or an app's own index is no answer of a typing endpoint, whatever its status.
    if (isWebPage(response) && (await startOf(response, signal)) === '<') throw webPageError(response, target)
    void letGo(response.body)
  }
}

function underBase(baseUrl: string | null | undefined): (chatId: string) => string {
  const base = checkBaseUrl(baseUrl).replace(/\/+$/, '')
  return (chatId) => `${base}/v3/chats/${segment(chatId)}/typing`
}

function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && 'then' in value
}

/** Not every `fetch` minds a signal that fired while the headers were awaited: its call would land late. */
function inTime<T>(awaited: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new TypingError({ reason: 'timeout' }))
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    awaited.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}

async function send(
  fetch: (input: string, init: RequestInit) => Promise<Response>,
  target: string,
  init: RequestInit,
): Promise<Response> {
  try {
    return await fetch(target, init)
  } catch (cause) {
    throw new TypingError({ reason: init.signal?.aborted === true ? 'timeout' : 'network', cause })
  }
}

/** One segment of a path. Dots alone would walk up the path even when escaped. */
function segment(chatId: string): string {
  if (/^\.*$/.test(chatId)) throw new TypingError({ reason: 'invalid' })
  try {
    return encodeURIComponent(chatId)
  } catch (cause) {
    throw new TypingError({ reason: 'invalid', cause })
  }
}
