import { createParser } from 'eventsource-parser'
import { maxAge, readClock } from '../../core/clock.js'
import { runSafely } from '../../core/runSafely.js'
import { printOnce } from '../development.js'

export interface SseFeedOptions {
  /** Where your server's stream is: `/api/typing/stream`, or another origin's address. */
  url: string
  /** Headers for every connection, or a function that makes them for each connection. */
  headers?:
    | HeadersInit
    | (() => HeadersInit | null | undefined | Promise<HeadersInit | null | undefined>)
    | null
    | undefined
  /** @default 'same-origin' */
  credentials?: RequestCredentials | null | undefined
  /** @default the global `fetch`, looked up at each connection */
  fetch?: ((input: string, init: RequestInit) => Promise<Response>) | null | undefined
}

/** A stream of server-sent events that connects again when it breaks. */
export interface SseConnection {
  /** Connects, unless it is connected or about to. */
  open: () => void
  /** Reconnects at once, if it is open: the network has changed. */
  retry: () => void
  close: () => void
}

/** How long a connection may stay silent before it counts as dead, in ms. The server sends a heartbeat every 8 s. */
const silence = 20_000
/** How long to wait before connecting again, in ms. It doubles each time a connection brings no event. */
const shortest = 1_000
const longest = 30_000
/** The longest event that makes sense, in characters: twenty people in each of a thousand chats, all with long names. */
const maxBufferSize = 16_000_000

/** @param onData called with the data of each event, which may be anything. */
export function createSseConnection(
  options: SseFeedOptions,
  onData: (value: unknown) => void,
): SseConnection {
  let current: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOpen = false
  let failures = 0
  let retryTime = shortest

  function connect(): void {
    const controller = new AbortController()
    current = controller
    const isCurrent = () => current === controller
    let heardAt = readClock()
    let isHeard = false
    const onSign = (isBytes = false) => {
      if (!isCurrent()) return
      isHeard ||= isBytes
      const now = readClock()
      // After a sleep the timer is late, and what comes first is old.
      if (maxAge(heardAt, now) > silence) {
        controller.abort()
        return
      }
      heardAt = now
      clearTimeout(timer)
      timer = setTimeout(() => {
        if (!isHeard) printSilence(options.url)
        controller.abort()
      }, silence)
    }
    const hear = (value: unknown) => {
      if (!isCurrent()) return
      failures = 0
      runSafely(() => onData(value))
    }
    onSign()
    void read(options, controller.signal, { onSign, hear, setRetryTime }).then((isRefused) => {
      if (isCurrent()) waitAfter(isRefused)
      // What is left of an answer keeps its connection busy.
      controller.abort()
    })
  }

  function setRetryTime(wanted: number): void {
    retryTime = Math.min(longest, Math.max(shortest, wanted))
  }

  function waitAfter(isRefused: boolean): void {
    current = null
    clearTimeout(timer)
    const most = isRefused ? longest : Math.min(longest, 2 * retryTime * 2 ** failures++)
    // Pages that lost the same server shouldn't all come back at the same time.
    timer = setTimeout(connect, Math.max(retryTime, most * (0.5 + Math.random() / 2)))
  }

  return {
    open() {
      if (isOpen) return
      isOpen = true
      // A page that mounts twice at once, as under StrictMode, connects once.
      clearTimeout(timer)
      timer = setTimeout(connect)
    },
    retry() {
      if (!isOpen) return
      const lost = current
      connect()
      lost?.abort()
    },
    close() {
      isOpen = false
      clearTimeout(timer)
      const closing = current
      current = null
      closing?.abort()
    },
  }
}

interface ConnectionEvents {
  /** Called when the connection shows that it is alive: by its answer, and by bytes. */
  onSign: (isBytes?: boolean) => void
  hear: (value: unknown) => void
  setRetryTime: (milliseconds: number) => void
}

/** Reads one connection to its end, whatever ends it. @returns whether the address refused, so that there is no hurry. */
async function read(
  { url, headers, credentials, fetch: own }: SseFeedOptions,
  signal: AbortSignal,
  { onSign, hear, setRetryTime }: ConnectionEvents,
): Promise<boolean> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  try {
    const aborted = new Promise<never>((_, reject) => signal.addEventListener('abort', reject))
    aborted.catch(() => undefined)
    const known = await Promise.race([typeof headers === 'function' ? headers() : headers, aborted])
    const all = new Headers(known ?? undefined)
    // A missing value has become a text.
    for (const [name, value] of [...all]) if (value === 'undefined' || value === 'null') all.delete(name)
    all.set('accept', 'text/event-stream')
    const init: RequestInit = {
      headers: all,
      credentials: credentials ?? 'same-origin',
      cache: 'no-store',
      signal,
    }
    const response = await Promise.race([(own ?? fetch)(url, init), aborted])
    if (!isStream(response)) return isRefusal(response, url)
    onSign()
    const parser = createParser({
      maxBufferSize,
      onRetry: setRetryTime,
      onEvent: ({ data }) => hear(parse(data)),
    })
    reader = (response.body as ReadableStream<Uint8Array>).getReader()
    const decoder = new TextDecoder()
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), aborted])
      if (done) return false
      onSign(true)
      if (signal.aborted) return false
      parser.feed(decoder.decode(value, { stream: true }))
    }
  } catch (error) {
    if (process.env.NODE_ENV !== 'production' && error instanceof ReferenceError)
      printOnce(
        `the typing stream at ${url} can't be read: ${error.message}. For Jest, docs/testing.md says what jsdom lacks.`,
      )
    return false
  } finally {
    reader?.cancel().catch(() => undefined)
  }
}

function isStream({ status, headers, body }: Response): boolean {
  return (
    status === 200 && body !== null && (headers.get('content-type') ?? '').startsWith('text/event-stream')
  )
}

/** Whether an answer says that this address has no stream for this page, and not only for the moment. */
function isRefusal({ status, headers }: Response, url: string): boolean {
  const isPage = (headers.get('content-type') ?? '').startsWith('text/html')
  // A gateway's page says that the server is away for a while.
  const isElsewhere = status < 300 || (isPage && status < 500)
  if (!isElsewhere && ![401, 403, 404].includes(status)) return false
  if (process.env.NODE_ENV !== 'production')
    printOnce(
      `the typing stream at ${url} answered ${status}${isElsewhere ? ' without a stream' : ''}, so nobody is seen typing. ` +
        (status === 401 || status === 403
          ? 'Check that identify() recognises this page: its cookie, its headers, and allowedOrigins if it is from another origin.'
          : 'Check that createTypingStream() is mounted at this address.') +
        ' The page tries again within 30 s.',
    )
  return true
}

function printSilence(url: string): void {
  if (process.env.NODE_ENV !== 'production')
    printOnce(
      `the typing stream at ${url} sent nothing for 20 s, so nobody is seen typing. If your server is up, something in ` +
        'between is buffering the stream: turn off buffering and compression for this address.',
    )
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}
