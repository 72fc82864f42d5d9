import type { RedisSubscriber } from './redisLine.js'
import type { LineSource } from './subscriptions.js'

/** What a duplicate of a client can do besides listening. */
export interface RedisDuplicate extends RedisSubscriber {
  readonly isOpen?: boolean
  readonly isReady?: boolean
  readonly status?: string
  on(event: 'ready' | 'error', listener: () => void): unknown
  connect?(): Promise<unknown>
  ping?(): Promise<unknown>
  destroy?(): void
  disconnect(): unknown
}

/** How often a duplicate is looked after, in milliseconds. */
const interval = 5_000
/** After how many pings without an answer a connection is taken for dead. One may be late because this process is busy. */
const mostUnanswered = 2

interface Duplicable {
  duplicate(): RedisDuplicate
}

/** Duplicates of a client, that only the store knows about. */
export const duplicatesOf = (
  client: Duplicable & { nodes?: (role: 'master') => Duplicable[] },
): LineSource<RedisDuplicate> => ({
  open() {
    // A cluster of ioredis replaces the connection that listens without a word. So one of its nodes is listened to: any node
    // of a cluster hears every channel.
    const nodes = client.nodes?.('master') ?? []
    const node = nodes[Math.floor(Math.random() * nodes.length)] ?? client
    const duplicate = node.duplicate()
    connect(duplicate)
    return duplicate
  },
  close,
  watch,
})

function connect(duplicate: RedisDuplicate): void {
  // The client reports the same errors. Without a listener, an error would end the process.
  duplicate.on('error', () => undefined)
  const connectsItself = 'call' in duplicate && duplicate.status !== 'wait'
  if (!connectsItself) void duplicate.connect?.().catch(() => undefined)
}

/** Notices a duplicate that has given up, and one whose connection has died without a word. */
function watch(duplicate: RedisDuplicate, onGone: () => void): () => void {
  let unanswered = 0
  const hear = () => (unanswered = 0)
  const look = () => {
    const { isOpen, isReady, status = 'ready' } = duplicate
    const hasGivenUp = isOpen === false || status === 'end'
    if (hasGivenUp || unanswered >= mostUnanswered) onGone()
    // While it connects, nobody is there to answer.
    else if (isReady === false || status !== 'ready' || duplicate.ping === undefined) hear()
    else {
      unanswered++
      // A refusal is an answer, too.
      duplicate.ping().then(hear, hear)
    }
  }
  const timer: unknown = setInterval(look, interval)
  ;(timer as { unref?: () => void }).unref?.()
  return () => clearInterval(timer as number)
}

function close(duplicate: RedisDuplicate): void {
  const end = () => {
    try {
      if (duplicate.destroy === undefined) duplicate.disconnect()
      else duplicate.destroy()
    } catch {
      // It was already closed.
    }
  }
  if (duplicate.isReady === false) {
    // node-redis leaves a connection open that is closed while it is being made.
    duplicate.on('ready', end)
    duplicate.on('error', end)
  } else end()
}
