import type {
  ChatState,
  Departure,
  StoredChat,
  StoredTypist,
  TypingStore,
} from '../server/hub/typingStore.js'
import { checkOptions, type RedisStoreOptions } from './checkOptions.js'
import { duplicatesOf, type RedisDuplicate } from './redisDuplicate.js'
import { createScriptRunner } from './scriptRunner.js'
import { scripts } from './scripts.js'
import { createSubscriptions } from './subscriptions.js'

/** A store that other servers share. */
export type RedisStore = TypingStore

/** How many chats are asked about at once. */
const batch = 100

/**
 * Keeps what all servers of a typing hub have to share, in Redis 5 or later, or in Valkey. Who is typing expires within
 * minutes, the ids of messages and events after half an hour, and the fact that a tenant's messages are reported after 30
 * days. Redis need not keep any of it on disk: after a loss, every stop passes until the next message is reported.
 *
 * Configure your client to fail at once while Redis is down, so that no commands queue up, and listen to its `error` event:
 *
 * ```ts
 * createRedisStore({ client: await createClient({ url, disableOfflineQueue: true }).connect() }) // redis
 * createRedisStore({ client: new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0 }) }) // ioredis
 * ```
 *
 * The client's Redis user needs the commands EVAL, EVALSHA, SUBSCRIBE, UNSUBSCRIBE, PING and those in the scripts, and access to all keys and
 * channels that begin with `prefix`.
 *
 * @throws TypeError if an option can't work.
 */
export function createRedisStore(options: RedisStoreOptions): RedisStore {
  checkOptions(options)
  const { client, subscriber } = options
  const prefix = options.prefix ?? 'rlt:'
  const run = createScriptRunner(client, scripts)
  const subscribeTo =
    subscriber == null
      ? createSubscriptions(duplicatesOf(client as unknown as { duplicate(): RedisDuplicate }))
      : createSubscriptions({ open: () => subscriber })
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
  /** In another slot of a cluster. If it is lost, chats are missing from snapshots until their next sign. */
  const activeKey = (tenant: string) => `${prefix}active:${encode(tenant)}`
  const noteActive = ({ tenant, chatId }: StoredChat, duration: number) =>
    void run('noteActive', [activeKey(tenant)], [JSON.stringify(chatId), duration]).catch(() => undefined)
  async function ofEach<Answer>(
    script: keyof typeof scripts,
    tenant: string,
    chatIds: readonly string[],
  ): Promise<Answer[]> {
    const answers: Answer[] = []
    for (let first = 0; first < chatIds.length; first += batch) {
      const some = chatIds.slice(first, first + batch)
      const asked = some.map((chatId) => inChat(script, { tenant, chatId }))
      answers.push(...((await Promise.all(asked)) as Answer[]))
    }
    return answers
  }
  const quietKey = (tenant: string) => `${prefix}quiet${tenant && `:${encode(tenant)}`}`
  const factKey = (fact: string) => `${prefix}fact:${encode(fact)}`

  return {
    async take(holder, { age, lifetime, max }) {
      noteActive(holder, lifetime)
      const args = [json(holder.actor), age, lifetime, max, json(holder.name)]
      return (await inChat('take', holder, ...args)) as boolean | 'stale'
    },

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

    async hush(duration, tenant = '') {
      if (duration > 0) await run('hush', [quietKey(tenant)], [Math.ceil(duration)])
    },
    quiet: async (tenant = '') => (await run('quiet', [quietKey(tenant)], [])) as number,

    remember: async (fact, duration) =>
      (await run('remember', [factKey(fact)], [Math.max(1, Math.ceil(duration))])) as boolean,
    knows: async (fact) => (await run('knows', [factKey(fact)], [])) as boolean,

    async typists(tenant, chatIds) {
      const lists = await ofEach<StoredTypist[]>('typists', tenant, chatIds)
      return lists.flatMap((list) => list.sort(byAge))
    },

    async hear(chat, { type, handle, at, age, id }, lifetime) {
      if (type === 'typing') noteActive(chat, lifetime - age)
      return (await inChat('hear', chat, type, json(handle), at, age, lifetime, json(id))) as boolean
    },

    activeChats: async (tenant) => (await run('activeChats', [activeKey(tenant)], [])) as string[],

    async states(tenant, chatIds) {
      const states = await ofEach<ChatState>('states', tenant, chatIds)
      return states.map(({ agents, recipients, ...state }) => ({
        ...state,
        agents: [...agents].sort(byAge),
        recipients: [...recipients].sort(byAge),
      }))
    },

    subscribe: (tenant, listener, onListening) =>
      subscribeTo(channelOf(tenant), { onChange: listener, onListening }),
  }
}

const byAge = (a: { age: number }, b: { age: number }) => b.age - a.age

const json = (text: string | undefined) => (text === undefined ? '' : JSON.stringify(text))

/** JSON first, because half an emoji has no encoding of its own. */
const encode = (text: string) => encodeURIComponent(JSON.stringify(text).slice(1, -1))

function split(key: string): [shared: string, ...rest: string[]] {
  const lines = key.split('\n')
  return [lines.slice(0, 3).join('\n'), ...lines.slice(3)]
}
