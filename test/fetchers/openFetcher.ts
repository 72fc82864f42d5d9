import { createHttpFetcher, type HttpFetcherOptions, type TypingRequest } from 'react-linq-typing'
import { vi } from 'vitest'

export const chatId = '00000000-0000-4000-8000-000000000001'

export function request(init: Partial<TypingRequest> = {}): TypingRequest {
  return { chatId, action: 'start', signal: new AbortController().signal, keepalive: false, ...init }
}

export type Fetch = NonNullable<HttpFetcherOptions['fetch']>

/** A fetcher over a `fetch` that accepts every call. */
export function setUp(options: HttpFetcherOptions = {}) {
  const fetch = vi.fn<Fetch>(() => Promise.resolve(new Response(null, { status: 204 })))
  return { fetch, fetcher: createHttpFetcher({ baseUrl: '/api/linq', fetch, ...options }) }
}
