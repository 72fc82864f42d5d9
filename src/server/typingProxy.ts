import { answerPreflight, isPreflight, sign } from './crossOrigin.js'
import { tell } from './events.js'
import { onceAMinute } from './onceAMinute.js'
import { createOriginCheck, originError, type PageOrigin, printable } from './pageOrigin.js'
import { answerFailure } from './proxyAnswer.js'
import { createProxyCalls } from './proxyCalls.js'
import { checkOptions, type TypingProxyOptions } from './proxyOptions.js'
import { methods, readRoute } from './typingRoute.js'
import { isUuid } from './uuid.js'

/** Answers the typing calls of a page; it never rejects. */
export type TypingProxy = (request: Request) => Promise<Response>

/**
 * Makes a handler for `POST` and `DELETE …/v3/chats/{chatId}/typing`; mount it anywhere. It passes the typing calls of
 * same-origin pages on to Linq, and keeps the token and everything that Linq says on the server.
 *
 * @throws TypeError if `linq` or `authorize` is missing, or another option can't work.
 */
export function createTypingProxy(options: TypingProxyOptions): TypingProxy {
  checkOptions(options)
  const { allowedOrigins = [], trustForwardedHost = false, onError, onEvent } = options
  const findOrigin = createOriginCheck({ allowedOrigins, trustForwardedHost })
  const answerCall = createProxyCalls(options)
  const tellOnce = onceAMinute()
  let arrivals = 0

  async function answer(request: Request, page: PageOrigin): Promise<Response> {
    const arrivedAt = performance.now()
    const number = ++arrivals
    const { chatId, action } = readRoute(request)
    if (chatId === undefined) return answerFailure({ reason: 'not-found' })
    const asksAhead = isPreflight(request)
    if (action === undefined && !asksAhead) return answerMethodNotAllowed()
    if (!page.isAllowed) return refuseOrigin(request)
    if (action === undefined) return answerPreflight(request)
    if (!isUuid(chatId)) return answerFailure({ reason: 'invalid' })
    return answerCall({ request, chatId, action, arrivedAt, number })
  }

  function refuseOrigin(request: Request): Response {
    const origin = request.headers.get('origin')
    tellOnce(printable(origin ?? ''), (count) => {
      tell(onError, originError(origin, count), request)
      tell(onEvent, {
        type: 'refused',
        why: 'origin',
        origin: origin === null ? undefined : printable(origin),
        count,
      })
    })
    // It isn't the chat that refuses.
    return answerFailure({ reason: 'server' }, 403)
  }

  return async (request) => {
    try {
      checkRequest(request)
      const page = findOrigin(request)
      return sign(await answer(request, page), page.crossOrigin)
    } catch (thrown) {
      tell(onError, thrown, request)
      return sign(answerFailure({ reason: 'server' }, 500), undefined)
    }
  }
}

function checkRequest(request: Partial<Request> | null | undefined): void {
  if (typeof request?.headers?.get === 'function' && typeof request.url === 'string') return
  throw new TypeError(
    'The typing proxy takes a Request of the web, and got something else. In Express, Fastify and node:http, wrap it in getRequestListener of @hono/node-server.',
  )
}

function answerMethodNotAllowed(): Response {
  const answer = answerFailure({ reason: 'invalid' }, 405)
  answer.headers.set('Allow', methods)
  return answer
}
