import { answerPreflight, isPreflight, sign } from './crossOrigin.js'
import { type OnTypingServerEvent, tell } from './events.js'
import { onceAMinute } from './onceAMinute.js'
import {
  type Callee,
  createOriginCheck,
  originError,
  type PageOrigin,
  type PageOriginOptions,
  printable,
} from './pageOrigin.js'
import { answerFailure } from './proxyAnswer.js'

/** What a page calls, by which methods, and which pages may. */
export interface PageGateOptions extends PageOriginOptions, Callee {
  /** As the `Allow` header lists them. */
  readonly methods: string
  readonly onError?: ((error: unknown, request: Request) => unknown) | null | undefined
  readonly onEvent?: OnTypingServerEvent | null | undefined
}

/** Answers a request of a page. */
export type PageHandler<Route> = (request: Request, route: Route) => Promise<Response>

/** How a handler reads requests, and answers those that are let in. */
export interface Gate<Route> {
  /** Finds out what is asked for. A `Response` says that there is no such address. */
  readonly readRoute: (request: Request) => Route | Response
  /** Whether the method is answered here. */
  readonly takes: (route: Route, request: Request) => boolean
  /** Whether to let in a page that names no origin. @default never */
  readonly admits?: ((request: Request) => boolean) | undefined
  readonly answer: PageHandler<Route>
}

/**
 * Makes a handler that lets in the pages of the server's own origin and of those that are allowed, with all that CORS asks
 * for. It never rejects.
 *
 * @throws TypeError if an option can't work.
 */
export function createPageGate<Route>(
  { allowedOrigins, trustForwardedHost, methods, onError, onEvent, ...callee }: PageGateOptions,
  { readRoute, takes, admits, answer }: Gate<Route>,
): (request: Request) => Promise<Response> {
  const findOrigin = createOriginCheck({ allowedOrigins, trustForwardedHost }, callee.maker)
  const tellOnce = onceAMinute()

  async function pass(request: Request, page: PageOrigin): Promise<Response> {
    const route = readRoute(request)
    if (route instanceof Response) return route
    const asksAhead = isPreflight(request)
    if (!asksAhead && !takes(route, request)) return answerMethodNotAllowed(methods)
    if (!page.isAllowed && !isAdmitted(request)) return refuse(request)
    return asksAhead ? answerPreflight(request, methods) : answer(request, route)
  }

  const isAdmitted = (request: Request) =>
    !request.headers.has('origin') && !request.headers.has('sec-fetch-site') && admits?.(request) === true

  function refuse(request: Request): Response {
    const origin = request.headers.get('origin')
    tellOnce(printable(origin ?? ''), (count) => {
      tell(onError, originError(origin, count, callee), request)
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
      checkRequest(request, callee.name)
      const page = findOrigin(request)
      return sign(await pass(request, page), page.crossOrigin)
    } catch (thrown) {
      tell(onError, thrown, request)
      return sign(answerFailure({ reason: 'server' }, 500), undefined)
    }
  }
}

function checkRequest(request: Partial<Request> | null | undefined, name: string): void {
  if (typeof request?.headers?.get === 'function' && typeof request.url === 'string') return
  throw new TypeError(
    `The ${name} takes a web Request, and got something else. In Express, Fastify and node:http, wrap it in getRequestListener from @hono/node-server.`,
  )
}

function answerMethodNotAllowed(methods: string): Response {
  const answer = answerFailure({ reason: 'invalid' }, 405)
  answer.headers.set('Allow', methods)
  return answer
}
