import type {
  Departure,
  StoreChange,
  StoredChat,
  StoredTypist,
  TypingStore,
} from '../server/hub/typingStore.js'
import { checkOptions, type RedisStoreOptions } from './checkOptions.js'
import { closeDuplicate, connectDuplicate, type RedisDuplicate } from './redisLine.js'
import { createScriptRunner } from './scriptRunner.js'
import { scripts } from './scripts.js'
import { createSubscriptions } from './subscriptions.js'

/** A store that other servers share. */
export interface RedisStore extends TypingStore {
  /**
   * Listens to what happens in a tenant's chats.
   *
   * @param onListening called when the store begins to listen, and again each time the connection was lost and is back:
   * what happened before may have been missed. It may be called more often than that.
   */
  readonly subscribe: (
    tenant: string,
    listener: (change: StoreChange) => void,
    onListening?: () => void,
  ) => () => void
}

/** For how many chats at a time typists are asked for. */
const batch = 100

/**
 * Keeps in Redis 5 or later, or in Valkey, what all servers of a typing hub must know. Everything expires within
 * minutes, so nothing is lost with a Redis that keeps nothing on disk.
 *
 * Let your client fail at once while Redis is away, so that nothing waits in it, and listen to its `error` event:
 *
 * ```ts
 * createRedisStore({ client: await createClient({ url, disableOfflineQueue: true }).connect() }) // redis
 * createRedisStore({ client: new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0 }) }) // ioredis
 * ```
 *
 * The client's user needs the commands EVAL, EVALSHA, SUBSCRIBE and those in the scripts, and all keys and channels that
 * begin with `prefix`.
 *
 * @throws TypeError if an option can't work.
 */
export function createRedisStore(options: RedisStoreOptions): RedisStore {
  checkOptions(options)
  const { client, subscriber, prefix = 'rlt:' } = options
  const run = createScriptRunner(client, scripts)
  const subscribeTo = createSubscriptions(
    subscriber === undefined
      ? {
          open() {
            const duplicate = (client as unknown as { duplicate(): RedisDuplicate }).duplicate()
            connectDuplicate(duplicate)
            return duplicate
          },
          close: (duplicate) => closeDuplicate(duplicate as RedisDuplicate),
        }
      : { open: () => subscriber },
  )
  const channelOf = (tenant: string) => `${prefix}changes:${encode(tenant)}`
  /** All keys of a chat, or of one person's limits, are in one slot of a cluster: the part in braces decides. */
  const inChat = (
    script: keyof typeof scripts,
    { tenant, chatId }: StoredChat,
    ...args: (string | number)[]
  ) =>
    run(
      script,
      [`${prefix}chat:{${encode(tenant)}:${encode(chatId)}}`],
      [channelOf(tenant), JSON.stringify(chatId), ...args],
    )
  const quietKey = `${prefix}quiet`
  const factKey = (fact: string) => `${prefix}fact:${encode(fact)}`

  return {
    take: async (holder, { age, lifetime, max }) =>
      (await inChat('take', holder, json(holder.actor), age, lifetime, max, json(holder.name))) as
        boolean | 'stale',

    giveBack: async (chat, { age, owes }) =>
      (await inChat('giveBack', chat, json(chat.actor), age, owes)) as Departure,

    settle: async (chat, takes) => (await inChat('settle', chat, takes)) as boolean,

    async clear(message, { age }) {
      await inChat('clear', message, json(message.actor), age, json(message.id))
    },

    async count(limits) {
      const slots = new Map<string, { keys: string[]; most: number[] }>()
      for (const { key, max } of limits) {
        // An action, a tenant and an actor; the chat is apart.
        const [shared, ...rest] = split(key)
        const slot = slots.get(shared) ?? { keys: [], most: [] }
        slot.keys.push(`${prefix}count:{${encode(shared)}}${rest.map((line) => `:${encode(line)}`).join('')}`)
        slot.most.push(max)
        slots.set(shared, slot)
      }
      const waits = [...slots.values()].map(({ keys, most }) => run('count', keys, most))
      return Math.max(0, ...((await Promise.all(waits)) as number[]))
    },

    async hush(duration) {
      if (duration > 0) await run('hush', [quietKey], [Math.ceil(duration)])
    },
    quiet: async () => (await run('quiet', [quietKey], [])) as number,

    remember: async (fact, duration) =>
      (await run('remember', [factKey(fact)], [Math.max(1, Math.ceil(duration))])) as boolean,
    knows: async (fact) => (await run('knows', [factKey(fact)], [])) as boolean,

    async typists(tenant, chatIds) {
      const found: StoredTypist[] = []
      for (let first = 0; first < chatIds.length; first += batch) {
        const some = chatIds.slice(first, first + batch)
        const lists = await Promise.all(some.map((chatId) => inChat('typists', { tenant, chatId })))
        for (const list of lists as StoredTypist[][]) found.push(...list.sort((a, b) => b.age - a.age))
      }
      return found
    },

    subscribe: (tenant, listener, onListening) =>
      subscribeTo(channelOf(tenant), { onChange: listener, onListening }),
  }
}

const json = (text: string | undefined) => (text === undefined ? '' : JSON.stringify(text))

/** JSON first, for half an emoji has no encoding of its own. */
const encode = (text: string) => encodeURIComponent(JSON.stringify(text).slice(1, -1))

function split(key: string): [shared: string, ...rest: string[]] {
  const lines = key.split('\n')
  return [lines.slice(0, 3).join('\n'), ...lines.slice(3)]
}
