import { TypingError } from '../core/typingError.js'
import type { TypingFetcher, TypingRequest } from '../core/typingFetcher.js'
import { letGo } from './letGo.js'
import { readRefusal } from './refusal.js'

export interface HttpFetcherOptions {
  /** Where the proxy is, without `/v3/…`: `/api/linq`, or another origin's address. */
  baseUrl?: string | undefined
  /** The address of a chat's typing, for a proxy with paths of its own. @default `{baseUrl}/v3/chats/{chatId}/typing` */
  url?: ((chatId: string) => string) | undefined
  /** Headers for each call, or a function that is asked for them at each call. */
  headers?: HeadersInit | ((request: TypingRequest) => HeadersInit | Promise<HeadersInit>) | undefined
  /** @default 'same-origin' */
  credentials?: RequestCredentials | undefined
  /** @default the global `fetch`, looked up at each call */
  fetch?: ((input: string, init: RequestInit) => Promise<Response>) | undefined
}

/**
 * A fetcher over HTTP: `POST` starts and `DELETE` stops, both without a body. Any 2xx is an acceptance; everything
 * else is thrown as a `TypingError`.
 */
export function createHttpFetcher(options: HttpFetcherOptions): TypingFetcher {
  const { baseUrl, url, headers, credentials = 'same-origin' } = options
  if (baseUrl === undefined && url === undefined)
    throw new TypeError(
      'createHttpFetcher needs to know where to call: pass baseUrl, the address of your proxy (such as "/api/linq"), or url(chatId).',
    )
  const address =
    url ?? ((chatId: string) => `${(baseUrl ?? '').replace(/\/+$/, '')}/v3/chats/${segment(chatId)}/typing`)

  return async (request) => {
    const { chatId, action, signal, keepalive } = request
    const target = address(chatId)
    const given = typeof headers === 'function' ? headers(request) : headers
    const init: RequestInit = {
      method: action === 'start' ? 'POST' : 'DELETE',
      // Nothing is awaited that need not be: a closing page gives no second chance.
      ...(given !== undefined && { headers: 'then' in given ? await inTime(given, signal) : given }),
      credentials,
      keepalive,
      signal,
      redirect: 'manual',
    }
    const response = await send(options.fetch ?? fetch, target, init)
    if (!response.ok) throw await readRefusal(response)
    void letGo(response.body)
  }
}

/** Not every `fetch` minds a signal that fired while the headers were awaited: its call would land late. */
async function inTime(
  headers: HeadersInit | Promise<HeadersInit>,
  signal: AbortSignal,
): Promise<HeadersInit> {
  const awaited = await headers
  if (signal.aborted) throw new TypingError({ reason: 'timeout' })
  return awaited
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
