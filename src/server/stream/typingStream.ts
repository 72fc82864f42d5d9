import { tell } from '../events.js'
import { hubParts } from '../hub/typingHub.js'
import { onceAMinute } from '../onceAMinute.js'
import { createPageGate } from '../pageGate.js'
import { answerFailure } from '../proxyAnswer.js'
import { createOpenStreams } from './openStreams.js'
import {
  checkStreamOptions,
  type KnownListener,
  readListener,
  type TypingStreamOptions,
} from './streamOptions.js'

/** Answers a page that listens; never rejects. */
export type TypingStream = (request: Request) => Promise<Response>

/** How long `identify` may take, in milliseconds. */
const patience = 5_000

/**
 * Makes a handler for a `GET` that tells a page, by server-sent events, who is typing in the chats that it may see: first
 * everybody who is, then what changes. `createSseFeed` reads it. Mount it anywhere.
 *
 * ```ts
 * const stream = createTypingStream({
 *   hub,
 *   async identify(request) {
 *     const user = await readSession(request)
 *     return user && { actor: user.id, maySee: (chatId) => mayRead(user, chatId) }
 *   },
 * })
 * ```
 *
 * @throws TypeError if `identify` or `hub` is missing, or another option can't work.
 */
export function createTypingStream(options: TypingStreamOptions): TypingStream {
  checkStreamOptions(options)
  const { identify, hub, allowedOrigins, trustForwardedHost, onError, onEvent } = options
  const openStream = createOpenStreams(hub[hubParts].store, onEvent)
  const tellOnce = onceAMinute()

  async function findListener(request: Request): Promise<KnownListener | Response> {
    try {
      const listener = await withinTime(async () => readListener(await identify(request)))
      if (listener === 'late') {
        tell(onError, new Error(`identify did not answer within ${patience} ms.`), request)
        return answerFailure({ reason: 'timeout' })
      }
      if (listener !== null) return listener
      tellOnce('unauthorized', (count) => tell(onEvent, { type: 'refused', why: 'unauthorized', count }))
      return answerFailure({ reason: 'unauthorized' })
    } catch (thrown) {
      tell(onError, thrown, request)
      return answerFailure({ reason: 'server' }, 500)
    }
  }

  return createPageGate(
    {
      ...{ maker: 'createTypingStream', name: 'typing stream', loss: 'it cannot see who is typing' },
      ...{ methods: 'GET', allowedOrigins, trustForwardedHost, onError, onEvent },
    },
    {
      readRoute: () => ({}),
      takes: (_route, { method }) => method === 'GET',
      // Browsers name no origin in a same-origin GET, and older ones don't even say that it is same-origin.
      admits: ({ headers }) => /\btext\/event-stream\b/i.test(headers.get('accept') ?? ''),
      async answer(request) {
        const listener = await findListener(request)
        if (listener instanceof Response) return listener
        const { signal } = request as { signal?: AbortSignal | undefined }
        // Nobody would ever close it.
        if (signal?.aborted === true) return answerFailure({ reason: 'timeout' })
        const { body } = openStream({
          listener,
          signal,
          onError: (error) => tell(onError, error, request),
        })
        return new Response(body, {
          headers: {
            'Content-Type': 'text/event-stream; charset=utf-8',
            'Cache-Control': 'no-store, no-transform',
            'X-Accel-Buffering': 'no',
          },
        })
      },
    },
  )
}

async function withinTime<Result>(work: () => Promise<Result>): Promise<Result | 'late'> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), patience)
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}
