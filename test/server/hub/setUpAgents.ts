import { createMemoryStore, createTypingHub, type TypingHubOptions } from 'react-linq-typing/server'
import { app, setUp, type ProxySetUp } from '../setUp.js'

export interface AgentsSetUp extends ProxySetUp {
  store?: TypingHubOptions['store']
  /** Whether the hub was told of a message before, in another chat. @default true */
  isTold?: boolean
  onHubError?: TypingHubOptions['onError']
}

/** Several agents before one proxy, with a hub of their own. An agent's name stands in a header of the test's own. */
export async function setUpAgents({
  store = createMemoryStore(),
  isTold = true,
  onHubError,
  ...options
}: AgentsSetUp = {}) {
  const hub = createTypingHub({ store, onEvent: options.onEvent, onError: onHubError })
  const known = setUp({
    hub,
    authorize: ({ headers }) => ({ actor: headers.get('x-agent') ?? '', name: headers.get('x-agent') }),
    ...options,
  })
  const { proxy, linq, chatId } = known
  if (isTold) await hub.sent(linq.addChat())
  const call =
    (method: string) =>
    (actor: string, id: string = chatId, init: RequestInit = {}) =>
      proxy(
        new Request(`${app}/v3/chats/${id}/typing`, {
          ...init,
          method,
          headers: { 'Sec-Fetch-Site': 'same-origin', 'X-Agent': actor },
        }),
      )
  return {
    ...known,
    hub,
    start: call('POST'),
    stop: call('DELETE'),
    calls: () => linq.calls.map(({ action }) => action),
    sees: () => linq.recipientSees(chatId),
  }
}
