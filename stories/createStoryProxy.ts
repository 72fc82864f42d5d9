import { createTypingProxy, type LinqTypingCall, type TypingProxyOptions } from 'react-linq-typing/server'
import type { LinqEmulator } from 'react-linq-typing/testing'

/** What a story says about its proxy, as `parameters.linq.proxy`. */
export interface StoryProxyOptions {
  /** @default everybody may act in every chat */
  authorize?: TypingProxyOptions['authorize'] | undefined
  /** Linq's token, as the server holds it. @default the right one */
  token?: string | undefined
  /** Whose page is calling. @default one of our own */
  page?: 'ours' | 'foreign' | undefined
}

/** The token that an emulated Linq behind a proxy accepts. */
export const storyToken = 'the-right-token'

/** The library's own proxy before an emulated Linq, as it would run on a server. */
export function createStoryProxy(
  emulator: LinqEmulator,
  { authorize = () => true, token = storyToken, page = 'ours' }: StoryProxyOptions,
): (request: Request) => Promise<Response> {
  const call =
    (method: 'POST' | 'DELETE'): LinqTypingCall =>
    async (chatId, { signal }) => {
      const answer = await emulator.fetch(`https://linq.invalid/v3/chats/${chatId}/typing`, {
        method,
        headers: { Authorization: `Bearer ${token}` },
        signal,
      })
      // As the official client throws it.
      if (!answer.ok)
        throw Object.assign(new Error(`Linq answered ${answer.status}.`), {
          status: answer.status,
          headers: answer.headers,
          error: (await answer.json()) as unknown,
        })
    }
  const proxy = createTypingProxy({
    linq: { chats: { typing: { start: call('POST'), stop: call('DELETE') } } },
    authorize,
  })
  return (request) => proxy(asSentBy(page, request))
}

/** A request as it arrives at a server: a browser adds these headers on the way, and lets no page write them. */
function asSentBy(page: 'ours' | 'foreign', request: Request): Request {
  const headers = new Headers()
  request.headers.forEach((value, name) => headers.set(name, value))
  const isOurs = page === 'ours'
  headers.set('Origin', isOurs ? new URL(request.url).origin : 'https://elsewhere.example')
  headers.set('Sec-Fetch-Site', isOurs ? 'same-origin' : 'cross-site')
  return Object.defineProperty(request, 'headers', { value: headers })
}
