import type { StoreChange } from '../server/hub/typingStore.js'
import { openLine, type LineEvents, type RedisLine, type RedisSubscriber } from './redisLine.js'

/** How to open the connection to listen on, and how to close it when nobody listens any more. */
export interface LineSource<Subscriber extends RedisSubscriber = RedisSubscriber> {
  readonly open: () => Subscriber
  /** Left out for the host's own connection. */
  readonly close?: (subscriber: Subscriber) => void
  /**
   * Watches over a connection. Left out for the host's own.
   *
   * @param onGone called if another one has to be opened.
   * @returns what ends the watch.
   */
  readonly watch?: (subscriber: Subscriber, onGone: () => void) => () => void
}

export interface Ear {
  readonly onChange: (change: StoreChange) => void
  /** Called when it begins to listen, and again whenever it listens after a lost connection. */
  readonly onListening?: (() => void) | undefined
}

interface Channel {
  readonly ears: Set<Ear>
  /** How often it was asked for. Only the last answer counts. */
  tries: number
  isHeard: boolean
}

/** How long to wait before a channel is asked for again, in milliseconds. */
const pause = 5_000

/** Listens to channels on one connection, which is opened for the first listener and closed after the last. */
export function createSubscriptions<Subscriber extends RedisSubscriber>({
  open,
  close,
  watch,
}: LineSource<Subscriber>): (channel: string, ear: Ear) => () => void {
  const channels = new Map<string, Channel>()
  const toLeave = new Set<string>()
  let current: { line: RedisLine; end: (() => void) | undefined } | undefined

  const leave = (channel: string, line: RedisLine) =>
    void line.leave(channel).catch(() => current?.line === line && toLeave.add(channel))
  const listen = async (channel: string, line: RedisLine): Promise<void> => {
    const entry = channels.get(channel)
    if (entry === undefined) return
    const attempt = ++entry.tries
    const isLatest = () =>
      channels.get(channel) === entry && entry.tries === attempt && current?.line === line
    try {
      await line.listen(channel)
    } catch {
      // If the connection is gone, this is repeated when it is back. Otherwise Redis was slow for a moment.
      const timer: unknown = setTimeout(() => {
        if (isLatest() && line.isReady()) void listen(channel, line)
      }, pause)
      ;(timer as { unref?: () => void }).unref?.()
      return
    }
    if (!isLatest()) return
    entry.isHeard = true
    for (const { onListening } of [...entry.ears]) onListening?.()
  }

  function listenToAll(line: RedisLine): void {
    for (const [channel, entry] of channels) {
      entry.isHeard = false
      void listen(channel, line)
    }
  }

  function connect(): RedisLine {
    const subscriber = open()
    const events: LineEvents = {
      onReady() {
        if (current?.line !== line) return
        const left = [...toLeave].filter((channel) => !channels.has(channel))
        toLeave.clear()
        for (const channel of left) leave(channel, line)
        listenToAll(line)
      },
      onMessage(channel, message) {
        const entry = channels.get(channel)
        const change = entry && current?.line === line ? readChange(message) : undefined
        if (entry && change) for (const { onChange } of [...entry.ears]) onChange(change)
      },
    }
    const line = openLine(subscriber, events)
    const endWatch = watch?.(subscriber, () => {
      disconnect()
      const next = connect()
      if (next.isReady()) listenToAll(next)
    })
    const end = () => {
      endWatch?.()
      close?.(subscriber)
    }
    current = { line, end: close && end }
    return line
  }

  function disconnect(): void {
    const end = current?.end
    current = undefined
    toLeave.clear()
    end?.()
  }

  return (channel, ear) => {
    const line = current?.line ?? connect()
    const entry = channels.get(channel) ?? { ears: new Set(), tries: 0, isHeard: false }
    entry.ears.add(ear)
    if (!channels.has(channel)) {
      channels.set(channel, entry)
      if (line.isReady()) void listen(channel, line)
    } else if (entry.isHeard && line.isReady())
      queueMicrotask(() => {
        if (entry.ears.has(ear)) ear.onListening?.()
      })

    return () => {
      entry.ears.delete(ear)
      if (entry.ears.size > 0 || channels.get(channel) !== entry) return
      channels.delete(channel)
      if (channels.size === 0 && current?.end !== undefined) disconnect()
      else if (current?.line.isReady()) leave(channel, current.line)
      else toLeave.add(channel)
    }
  }
}

/** Checks a message, because others may write to the channel too. */
function readChange(message: string): StoreChange | undefined {
  try {
    const change = JSON.parse(message) as StoreChange
    const { chatId, type, version } = change
    const isText = typeof chatId === 'string' && typeof type === 'string'
    const isTyping = type === 'typing' || type === 'recipient-typing'
    const numbers = isTyping ? [version, change.age, change.endsIn] : [version]
    return isText && numbers.every(Number.isFinite) ? change : undefined
  } catch {
    return undefined
  }
}
