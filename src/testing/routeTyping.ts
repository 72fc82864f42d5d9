import type { LinqEmulator } from './linqEmulator.js'

/** The part of a Playwright page or context that is needed. */
export interface RoutedPage {
  route(url: string | RegExp, handler: (route: PageRoute) => Promise<void>): Promise<unknown>
}

/** One request of a page. */
export interface PageRoute {
  request(): {
    url(): string
    method(): string
    headers(): Record<string, string>
    postData(): string | null
  }
  fulfill(answer: { status: number; headers: Record<string, string>; body: string }): Promise<void>
  abort(errorCode?: string): Promise<void>
}

/**
 * Makes an emulated Linq answer the calls of a page in a browser that Playwright drives.
 *
 * @param options.url which addresses, as `page.route` takes them. Each has to end as Linq's own do: `/v3/chats/…`.
 */
export async function routeTyping(
  page: RoutedPage,
  linq: Pick<LinqEmulator, 'fetch'>,
  { url }: { url: string | RegExp },
): Promise<void> {
  await page.route(url, (route) =>
    answer(route, linq).catch(() => {
      // The page is gone.
    }),
  )
}

async function answer(route: PageRoute, linq: Pick<LinqEmulator, 'fetch'>): Promise<void> {
  const request = route.request()
  const response = await linq
    .fetch(request.url(), { method: request.method(), headers: request.headers(), body: request.postData() })
    .catch(() => null)
  if (response === null) return route.abort('connectionreset')
  const headers = Object.fromEntries(response.headers)
  return route.fulfill({ status: response.status, headers, body: await response.text() })
}
