import type { TypingFeedEvent } from '../../core/typingFeed.js'
import type { StreamEnd } from '../events.js'
import type { Board } from './board.js'
import { createEventBody } from './eventBody.js'
import { openPageView } from './pageView.js'
import type { KnownListener } from './streamOptions.js'

/** A stream that is open. */
export interface PageStream {
  readonly body: ReadableStream<Uint8Array>
  readonly end: (why: StreamEnd) => void
}

export interface PageStreamOptions {
  readonly board: Board
  readonly listener: KnownListener
  /** Fires when the page goes away, if the server reports that. */
  readonly signal: AbortSignal | undefined
  readonly onError: (error: unknown) => void
  /** Called once. */
  readonly onEnd: (why: StreamEnd) => void
}

/** How often a heartbeat is sent, in milliseconds. */
const heartbeat = 8_000
/** How long a stream lasts, in milliseconds. Streams that began together don't all end together. */
const lifetime = { least: 540_000, most: 600_000 }
/** After how long a browser's own EventSource reconnects, in milliseconds. */
const comeBack = { least: 1_000, most: 3_000, replaced: 30_000 }

/** Opens a stream for one page. */
export function openPageStream({ board, listener, signal, onError, onEnd }: PageStreamOptions): PageStream {
  const endsAt = performance.now() + between(lifetime)
  const { stream: body, send, end: endBody } = createEventBody(finish)
  const timer = setInterval(beat, heartbeat)
  ;(timer as { unref?: () => void }).unref?.()
  const leave = () => endBody('left')
  signal?.addEventListener('abort', leave)

  send(`retry: ${Math.round(between(comeBack))}\n:`)
  const closeView = openPageView({
    board,
    actor: listener.actor,
    ask: listener.maySee,
    onError,
    send: (event) => send(toBlock(event), { isWhole: event.type === 'snapshot' }),
  })

  function beat(): void {
    // The next one would come too late.
    if (performance.now() + heartbeat > endsAt) endBody('time')
    else send(':')
  }

  function finish(why: StreamEnd): void {
    clearInterval(timer)
    signal?.removeEventListener('abort', leave)
    closeView()
    onEnd(why)
  }

  return {
    body,
    end(why) {
      // Tabs that push each other out should take their time.
      if (why === 'replaced') send(`retry: ${comeBack.replaced}`)
      endBody(why)
    },
  }
}

const toBlock = (event: TypingFeedEvent) => `event: ${event.type}\ndata: ${JSON.stringify(event)}`

const between = ({ least, most }: { least: number; most: number }) => least + Math.random() * (most - least)
