import { createPageGate } from './pageGate.js'
import { answerFailure } from './proxyAnswer.js'
import { createProxyCalls } from './proxyCalls.js'
import { checkOptions, type TypingProxyOptions } from './proxyOptions.js'
import { methods, readRoute } from './typingRoute.js'
import { isUuid } from './uuid.js'

/** Answers a page's typing calls; never rejects. */
export type TypingProxy = (request: Request) => Promise<Response>

/**
 * Makes a handler for `POST` and `DELETE …/v3/chats/{chatId}/typing`; mount it anywhere. It passes the typing calls of
 * same-origin pages on to Linq, and keeps the token and everything that Linq says on the server.
 *
 * @throws TypeError if `linq` or `authorize` is missing, or another option can't work.
 */
export function createTypingProxy(options: TypingProxyOptions): TypingProxy {
  checkOptions(options)
  const { allowedOrigins, trustForwardedHost, onError, onEvent } = options
  const answerCall = createProxyCalls(options)
  let arrivals = 0

  return createPageGate(
    {
      ...{ maker: 'createTypingProxy', name: 'typing proxy', loss: 'its typing shows no bubble', methods },
      ...{ allowedOrigins, trustForwardedHost, onError, onEvent },
    },
    {
      readRoute(request) {
        const arrivedAt = performance.now()
        const number = ++arrivals
        const { chatId, action } = readRoute(request)
        if (chatId === undefined) return answerFailure({ reason: 'not-found' })
        return { chatId, action, arrivedAt, number }
      },
      takes: ({ action }) => action !== undefined,
      async answer(request, { action, ...call }) {
        if (action === undefined || !isUuid(call.chatId)) return answerFailure({ reason: 'invalid' })
        return answerCall({ request, action, ...call })
      },
    },
  )
}
