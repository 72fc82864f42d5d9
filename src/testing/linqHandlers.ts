import type { LinqEmulator } from './linqEmulator.js'

/** The part of Mock Service Worker's `http` that is needed. */
export interface MockHttp<Handler> {
  readonly all: (path: string, answer: (info: { request: Request }) => Promise<Response>) => Handler
}

/** What request handlers need to know. */
export interface LinqHandlersOptions<Handler> {
  /** The `http` of your own `msw`: this package doesn't depend on it. */
  http: MockHttp<Handler>
  /** What comes before `/v3/chats/…` in the page's calls: `/api/linq`, or a whole address. */
  baseUrl: string
}

/**
 * Makes request handlers for Mock Service Worker, in Storybook, tests or a demo: an emulated Linq answers the page's calls
 * to `baseUrl`. If a connection breaks, it breaks for the page too.
 */
export function createLinqHandlers<Handler>(
  linq: Pick<LinqEmulator, 'fetch'>,
  { http, baseUrl }: LinqHandlersOptions<Handler>,
): Handler[] {
  const path = `${baseUrl.replace(/\/+$/, '')}/v3/chats/*`
  return [http.all(path, ({ request }) => linq.fetch(request).catch(() => Response.error()))]
}
