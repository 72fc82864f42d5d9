/** A `redis` or `ioredis` connection for listening, such as a duplicate of the client. */
export interface RedisSubscriber {
  on(event: 'ready', listener: () => void): unknown
  subscribe(...args: never[]): unknown
  unsubscribe(...args: never[]): unknown
}

/** One connection that listens, whichever package it comes from. */
export interface RedisLine {
  readonly isReady: () => boolean
  readonly listen: (channel: string) => Promise<unknown>
  readonly leave: (channel: string) => Promise<unknown>
}

export interface LineEvents {
  /** Called whenever the connection is ready, also after it was lost. */
  readonly onReady: () => void
  readonly onMessage: (channel: string, message: string) => void
}

interface NodeRedis {
  readonly isReady?: boolean
  on(event: 'ready', listener: () => void): unknown
  subscribe(channel: string, listener: (message: string, channel: string) => void): Promise<unknown>
  unsubscribe(channel: string, listener: (message: string, channel: string) => void): Promise<unknown>
}

interface IoRedis {
  readonly call: unknown
  readonly status?: string
  on(event: 'ready', listener: () => void): unknown
  on(event: 'message', listener: (channel: string, message: string) => void): unknown
  subscribe(channel: string): Promise<unknown>
  unsubscribe(channel: string): Promise<unknown>
}

export function openLine(subscriber: RedisSubscriber, { onReady, onMessage }: LineEvents): RedisLine {
  const own = subscriber as unknown as NodeRedis | IoRedis
  own.on('ready', onReady)
  if ('call' in own) {
    own.on('message', onMessage)
    const users = usersOf(own)
    return {
      isReady: () => own.status === undefined || own.status === 'ready',
      listen(channel) {
        users.set(channel, (users.get(channel) ?? new Set()).add(onMessage))
        return own.subscribe(channel)
      },
      async leave(channel) {
        const others = users.get(channel)
        others?.delete(onMessage)
        if (others !== undefined && others.size > 0) return
        users.delete(channel)
        await own.unsubscribe(channel)
      },
    }
  }
  // The same function each time, so that subscribing to a channel again adds no second listener.
  const hear = (message: string, channel: string) => onMessage(channel, message)
  return {
    isReady: () => own.isReady !== false,
    listen: (channel) => own.subscribe(channel, hear),
    leave: (channel) => own.unsubscribe(channel, hear),
  }
}

const everyonesUsers = Symbol.for('react-linq-typing.channels')

/**
 * Who listens to which channel on a connection of ioredis: there, unsubscribing ends a channel for all. Kept on `globalThis`,
 * because Next.js bundles a module more than once.
 */
function usersOf(subscriber: object): Map<string, Set<unknown>> {
  const place = globalThis as unknown as Record<
    symbol,
    WeakMap<object, Map<string, Set<unknown>>> | undefined
  >
  const known = (place[everyonesUsers] ??= new WeakMap())
  const users = known.get(subscriber) ?? new Map<string, Set<unknown>>()
  known.set(subscriber, users)
  return users
}
