import type { StreamEnd } from '../events.js'

/** The body of a stream of server-sent events. */
export interface EventBody {
  readonly stream: ReadableStream<Uint8Array>
  /**
   * Sends a block of lines, without the empty line after it.
   *
   * @param options.isWhole whether it may have any length: it doesn't count as unread.
   */
  readonly send: (block: string, options?: { isWhole?: boolean }) => void
  /** Ends it. What is still waiting is sent, unless the page doesn't read. */
  readonly end: (why: StreamEnd) => void
}

/** How much a page may leave unread, in bytes. */
const mostUnread = 65_536
const encoder = new TextEncoder()

/**
 * Makes a body.
 *
 * @param onEnd called once, also when the page goes away.
 */
export function createEventBody(onEnd: (why: StreamEnd) => void): EventBody {
  let unread: Uint8Array[] = []
  let size = 0
  let room = mostUnread
  let isAsked = false
  let isEnded = false
  let controller: ReadableStreamDefaultController<Uint8Array>

  const stream = new ReadableStream<Uint8Array>(
    {
      start(own) {
        controller = own
      },
      pull() {
        isAsked = unread.length === 0
        if (!isAsked) handOver()
      },
      cancel: () => finish('left'),
    },
    // Unread blocks wait here, where they are counted.
    { highWaterMark: 0 },
  )

  function handOver(): void {
    const [first] = unread
    if (first !== undefined) controller.enqueue(unread.length === 1 ? first : join(unread, size))
    unread = []
    size = 0
    room = mostUnread
  }

  function send(block: string, { isWhole = false } = {}): void {
    if (isEnded) return
    const bytes = encoder.encode(`${block}\n\n`)
    if (isAsked) {
      isAsked = false
      controller.enqueue(bytes)
      return
    }
    unread.push(bytes)
    size += bytes.length
    if (isWhole) room = mostUnread + bytes.length
    if (size > room) end('slow')
  }

  function finish(why: StreamEnd): void {
    if (isEnded) return
    isEnded = true
    unread = []
    onEnd(why)
  }

  function end(why: StreamEnd): void {
    if (isEnded) return
    // If it were only closed, the server might wait for the page to read the rest, and keep the connection.
    if (why === 'slow') controller.error(new Error('A page that did not read its stream was cut off.'))
    else {
      handOver()
      controller.close()
    }
    finish(why)
  }

  return { stream, send, end }
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
