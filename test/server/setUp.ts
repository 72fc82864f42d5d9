import { LinqAPIV3, type ClientOptions } from '@linqapp/sdk'
import { createTypingProxy, type TypingProxyOptions } from 'react-linq-typing/server'
import { createLinqEmulator, type LinqNetwork } from 'react-linq-typing/testing'

/** Linq's token, which no page may ever see. */
export const token = 'linq-token-5b1f0c'

/** Where the page and the proxy are. */
export const app = 'https://app.test'

export interface ProxySetUp extends Partial<TypingProxyOptions> {
  network?: LinqNetwork | undefined
  client?: ClientOptions | undefined
}

/** A proxy before the official client, as built by somebody who trusts its defaults, before the emulated Linq. */
export function setUp({ network, client, ...options }: ProxySetUp = {}) {
  const linq = createLinqEmulator({ token, network })
  const chatId = linq.addChat()
  const sdk = new LinqAPIV3({ apiKey: token, fetch: linq.fetch, ...client })
  const proxy = createTypingProxy({ linq: sdk, authorize: () => true, ...options })

  /** What a page of the app sends, its headers as a browser sets them. */
  const page = (method: string, id: string = chatId, init: RequestInit = {}) =>
    proxy(
      new Request(`${app}/api/linq/v3/chats/${id}/typing`, {
        headers: { 'Sec-Fetch-Site': 'same-origin', Origin: app },
        ...init,
        method,
      }),
    )
  return { linq, sdk, proxy, page, chatId }
}

/** All that a browser can see of an answer. */
export async function textOf(answer: Response): Promise<string> {
  return [answer.status, answer.statusText, ...[...answer.headers].flat(), await answer.text()].join('\n')
}
