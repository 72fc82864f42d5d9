import { TypingError } from '../core/typingError.js'
import type { TypingFetcher, TypingRequest } from '../core/typingFetcher.js'
import type { TypingService } from '../core/typingService.js'
import { aborted, letGo } from './body.js'
import { readRefusal } from './readRefusal.js'
import { addressOf, isUsable } from './typingAddress.js'
import { beginsWithTag, isHtml, isRedirect, webPageError } from './webPage.js'

export interface HttpFetcherOptions {
  /** Where the proxy is, without `/v3/…`: `/api/linq`, or another origin's address. */
  baseUrl?: string | null | undefined
  /** The address to call for a chat, if your proxy has paths of its own. @default `{baseUrl}/v3/chats/{chatId}/typing` */
  url?: ((chatId: string) => string) | null | undefined
  /** Headers for every call, or a function that makes them for each call. */
  headers?:
    | HeadersInit
    | ((request: TypingRequest) => MaybePromise<HeadersInit | null | undefined>)
    | null
    | undefined
  /** @default 'same-origin' */
  credentials?: RequestCredentials | null | undefined
  /** The service whose refusals it reads. Give `TypingProvider` the same one. @default linqService */
  service?: TypingService | null | undefined
  /** @default the global `fetch`, looked up at each call */
  fetch?: ((input: string, init: RequestInit) => Promise<Response>) | null | undefined
}

type MaybePromise<T> = T | Promise<T>

/**
 * Makes a fetcher over HTTP: `POST` starts and `DELETE` stops, both without a body. Any 2xx counts as accepted, unless it
 * is a web page; everything else throws a `TypingError`.
 *
 * @throws TypeError if the address is missing or can't work.
 */
export function createHttpFetcher(given: HttpFetcherOptions): TypingFetcher {
  const options = (given as HttpFetcherOptions | null | undefined) ?? {}
  const { headers } = options
  const address = addressOf(options)

  return async (request) => {
    const { chatId, action, signal, keepalive } = request
    const target = String(address(chatId))
    if (!target.trim() || !isUsable(target)) throw new TypingError({ reason: 'invalid' })
    let known = typeof headers === 'function' ? headers(request) : headers
    // Only a promise is awaited: on a closing page the call has to leave in this tick.
    if (isPromise(known)) {
      known = (await Promise.race([known, aborted(signal)])) ?? null
      // A `fetch` that ignores its signal would make the call too late.
      if (signal.aborted) throw new TypingError({ reason: 'timeout' })
    }
    let response: Response
    try {
      response = await (options.fetch ?? fetch)(target, {
        method: action === 'start' ? 'POST' : 'DELETE',
        ...(known && { headers: withValues(known) }),
        credentials: options.credentials ?? 'same-origin',
        keepalive,
        signal,
        redirect: 'manual',
      })
      // An answer that the end of the time brought about is a custom fetch's own.
      if (signal.aborted) throw new Error('Out of time')
    } catch (cause) {
      throw new TypingError({ reason: signal.aborted ? 'timeout' : 'network', cause })
    }
    // A login page, or an app's index page, often comes with status 200.
    const isPage = isHtml(response.headers) && (!response.ok || (await beginsWithTag(response, signal)))
    const isElsewhere = isPage || isRedirect(response)
    if (!response.ok && !isElsewhere) {
      // Without a status there is nothing to read, and the call may have landed.
      if (response.status === 0) throw new TypingError({ reason: 'network', cause: response })
      throw await readRefusal(response, signal, options.service)
    }
    void letGo(response.body)
    if (isElsewhere)
      throw webPageError(response, {
        // A query may hold a secret.
        happened: `${target.replace(/[?#].*/s, '')} answered with a ${isPage ? 'web page' : 'redirect'}`,
        remedy:
          'Check baseUrl or url(chatId), also for a trailing slash, and whether a login or a firewall answers instead',
      })
  }
}

function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return typeof (value as Partial<Promise<T>> | null | undefined)?.then === 'function'
}

/** Leaves out headers without a value, which `fetch` would send as the text "undefined". */
function withValues(headers: HeadersInit): HeadersInit {
  const isRecord = !(Symbol.iterator in headers)
  const pairs = (isRecord ? Object.entries(headers) : [...headers]).filter(
    ([, value]: unknown[]) => value != null,
  )
  return isRecord ? Object.fromEntries(pairs) : pairs
}
