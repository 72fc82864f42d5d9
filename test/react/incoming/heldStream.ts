import { vi } from 'vitest'

/** One connection to a stream that a test holds. */
export interface HeldConnection {
  at: number
  url: string
  init: RequestInit
  /** Answers with a stream. */
  accept: () => void
  /** Answers with something else. */
  answer: (response: Response) => void
  say: (text: string) => void
  tell: (event: { type: string }) => void
  /** Ends the stream, as a server does. */
  end: () => void
  /** Breaks it, as a network does. */
  lose: () => void
  isGone: () => boolean
}

/** A `fetch` whose answers a test holds. */
export function heldStream() {
  const connections: HeldConnection[] = []
  const fetch = vi.fn(
    (url: string, init: RequestInit) =>
      new Promise<Response>((resolve, reject) => {
        let body: ReadableStreamDefaultController<Uint8Array> | undefined
        const bytes = new TextEncoder()
        const say = (text: string) => body?.enqueue(bytes.encode(text))
        const lose = () => {
          reject(new TypeError('fetch failed'))
          try {
            body?.error(new TypeError('network error'))
          } catch {
            // It was over.
          }
        }
        init.signal?.addEventListener('abort', lose)
        connections.push({
          at: Date.now(),
          url,
          init,
          accept() {
            const stream = new ReadableStream<Uint8Array>({
              start(controller) {
                body = controller
              },
            })
            resolve(new Response(stream, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }))
          },
          answer: resolve,
          say,
          tell: (event) => say(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
          end: () => body?.close(),
          lose,
          isGone: () => init.signal?.aborted === true,
        })
      }),
  )
  return {
    fetch,
    connections,
    last: () => connections.at(-1)!,
    times: () => connections.map(({ at }) => at),
  }
}
