import { TypingError, type TypingErrorReason } from '../core/typingError.js'
import type { TypingRequest } from '../core/typingFetcher.js'
import { callLinq } from './linqCall.js'
import type { LinqTypingClient } from './linqClient.js'
import { toLinqError } from './linqError.js'
import { answerAccepted, answerFailure } from './proxyAnswer.js'
import { createOriginCheck, originError } from './sameOrigin.js'
import { isUuid } from './uuid.js'

/** Answers the typing calls of a page; it never rejects. */
export type TypingProxy = (request: Request) => Promise<Response>

/** Whether a request may act in a chat: yes; no; or nobody is signed in. */
export type TypingVerdict = boolean | 'unauthorized'

/** What a proxy needs to know. */
export interface TypingProxyOptions {
  /** The official client, or anything of its shape. It holds the token, and makes the whole upstream request. */
  linq: LinqTypingClient
  /**
   * Whether the user behind this request may act in this chat. `false` answers 404 for unknown and foreign chats alike,
   * `'unauthorized'` answers 401, and only `true` lets the call through. If it throws, the answer is 500.
   */
  authorize: (request: Request, chatId: string) => TypingVerdict | Promise<TypingVerdict>
  /**
   * Other origins whose pages may call, such as `https://app.example.com`. An app behind a reverse proxy needs its own
   * public origin here if the server sees a different address. @default only the request's own
   */
  origins?: readonly string[] | undefined
  /**
   * How long Linq may take to answer, in whole milliseconds. A start that isn't authorized within that time is not made.
   * @default 5_000
   */
  timeout?: number | undefined
  /**
   * Called for every failed call to Linq, with a `TypingError` whose cause is what the client threw; for whatever
   * `authorize` throws; and for every caller refused for its origin. Use it to write a log. A start whose client went
   * away is not a failure. @default nothing is printed
   */
  onError?: ((error: unknown, request: Request) => unknown) | undefined
}

/**
 * Makes a handler for `POST` and `DELETE …/v3/chats/{chatId}/typing`; mount it anywhere. It passes the typing calls of
 * same-origin pages on to Linq, and keeps the token and everything that Linq says on the server.
 *
 * @throws TypeError if `authorize` is missing, or `origins` or `timeout` can't work.
 */
export function createTypingProxy(options: TypingProxyOptions): TypingProxy {
  const { linq, authorize, origins = [], timeout = 5_000, onError } = options
  if (typeof authorize !== 'function')
    throw new TypeError(
      "createTypingProxy needs authorize(request, chatId): without it anybody could type in every chat of your Linq account. Pass a function that returns true if this request's user may act in the chat, false if not, and 'unauthorized' if nobody is signed in.",
    )
  if (!Number.isInteger(timeout) || timeout <= 0 || timeout >= 2 ** 31)
    throw new TypeError(
      `createTypingProxy cannot wait for ${timeout} ms: a timer needs a whole number of milliseconds, from 1 to 2147483647. Pass a timeout such as 5_000.`,
    )
  const isSameOrigin = createOriginCheck(origins)

  const report = (error: unknown, request: Request) => {
    new Promise((resolve) => resolve(onError?.(error, request))).catch(() => undefined)
  }

  return async (request) => {
    const arrivedAt = performance.now()
    const chatId = /\/v3\/chats\/([^/]*)\/typing$/.exec(new URL(request.url).pathname)?.[1]
    if (chatId === undefined) return answerFailure({ reason: 'not-found' })
    const action = actions.get(request.method)
    if (action === undefined) return answerMethodNotAllowed()
    if (!isSameOrigin(request)) {
      report(originError(request), request)
      // It isn't the chat that refuses.
      return answerFailure({ reason: 'server' }, 403)
    }
    if (!isUuid(chatId)) return answerFailure({ reason: 'invalid' })

    try {
      const verdict: unknown = await authorize(request, chatId)
      if (verdict === 'unauthorized') return answerFailure({ reason: 'unauthorized' })
      // A truthy answer from an untyped check is not a yes.
      if (verdict !== true) return answerFailure({ reason: 'not-found' })
    } catch (thrown) {
      report(thrown, request)
      return answerFailure({ reason: 'server' }, 500)
    }

    const call = begin(request, action, timeout)
    try {
      // Its page has given up on it by now, and its stop may have overtaken it.
      if (action === 'start' && performance.now() - arrivedAt >= timeout)
        throw new TypingError({ reason: 'timeout' })
      await callLinq(linq, { chatId, action, signal: call.signal }, timeout)
      return answerAccepted()
    } catch (thrown) {
      const { reason, status, code, retryAfter, traceId, isFinal } = toLinqError(thrown)
      if (!call.isAbandoned()) report(thrown, request)
      // The token is the server's concern: a 401 would tell the page that its own user is signed out. And a refusal that
      // Linq did not sign, such as a gateway's, says nothing about the chat.
      const isOurs = reason === 'unauthorized' || (refusals.has(reason) && !isFinal)
      const told = {
        reason: isOurs ? 'server' : reason,
        code,
        retryAfter,
        traceId,
      } as const
      // A gateway that gave up doesn't know whether the call landed. If it did, the page has a bubble to end.
      return answerFailure(told, status === 504 ? 504 : undefined)
    } finally {
      call.end()
    }
  }
}

const refusals = new Set<TypingErrorReason>(['invalid', 'forbidden', 'not-found', 'gone', 'unsupported'])

const actions = new Map<string, TypingRequest['action']>([
  ['POST', 'start'],
  ['DELETE', 'stop'],
])

function answerMethodNotAllowed(): Response {
  const answer = answerFailure({ reason: 'invalid' }, 405)
  answer.headers.set('Allow', [...actions.keys()].join(', '))
  return answer
}

/** Limits a call's time. A client that goes away cuts a start short, never a stop: that would leave the bubble on. */
function begin({ signal: client }: Request, action: TypingRequest['action'], timeout: number) {
  const controller = new AbortController()
  const abort = () => controller.abort()
  const isAbandoned = () => action === 'start' && client.aborted
  const timer = setTimeout(abort, timeout)
  if (isAbandoned()) abort()
  else if (action === 'start') client.addEventListener('abort', abort)
  return {
    signal: controller.signal,
    isAbandoned,
    end() {
      clearTimeout(timer)
      client.removeEventListener('abort', abort)
    },
  }
}
