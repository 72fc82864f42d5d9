import { ExpiringMap } from './expiringMap.js'
import type { Departure, StoreChange, StoredChat, TypingStore } from './typingStore.js'

interface Lease {
  name: string | undefined
  /** When the actor began to type. */
  since: number
  takenAt: number
  endsAt: number
}

interface ChatEntry {
  leases: Map<string, Lease>
  /** When the newest call of each actor arrived. */
  arrivals: Map<string, number>
  takes: number
  owedUntil: number
  endsAt: number
}

/** How long a chat is kept after its last call: longer than any call is under way, or any bubble is on. */
const memory = 120_000
const minute = 60_000

/** Makes a store for one process, apart from the one that all hubs of this process share. */
export function createMemoryStore(): TypingStore {
  const chats = new ExpiringMap<ChatEntry>()
  const counters = new ExpiringMap<{ count: number; endsAt: number }>()
  const facts = new ExpiringMap<{ endsAt: number }>()
  const listeners = new Map<string, Set<(change: StoreChange) => void>>()
  let quietUntil = 0

  const read = ({ tenant, chatId }: StoredChat, now: number): ChatEntry => {
    const key = `${tenant}\n${chatId}`
    const entry = chats.get(key, now) ?? newEntry()
    for (const [actor, { endsAt }] of entry.leases) if (endsAt <= now) entry.leases.delete(actor)
    for (const [actor, at] of entry.arrivals) if (at < now - memory) entry.arrivals.delete(actor)
    entry.endsAt = now + memory
    chats.set(key, entry, now)
    return entry
  }
  const tell = (tenant: string, change: StoreChange) => {
    for (const listener of [...(listeners.get(tenant) ?? [])]) listener(change)
  }

  return {
    async take(holder, { age, lifetime, max }) {
      const now = performance.now()
      const { tenant, chatId, actor, name } = holder
      const entry = read(holder, now)
      if (!isNewest(entry, actor, now - age)) return 'stale'
      const former = entry.leases.get(actor)
      if (former === undefined && entry.leases.size >= max) return false
      entry.leases.set(actor, { name, since: former?.since ?? now, takenAt: now, endsAt: now + lifetime })
      entry.takes++
      tell(tenant, { type: 'typing', chatId, actor, name, endsIn: lifetime })
      return true
    },

    async giveBack(chat, { age, owes }) {
      const now = performance.now()
      const { tenant, chatId, actor } = chat
      const entry = read(chat, now)
      if (actor !== undefined) {
        if (!isNewest(entry, actor, now - age)) return departure(entry, now, true)
        if (entry.leases.delete(actor)) tell(tenant, { type: 'idle', chatId, actor })
      }
      if (owes > 0 && entry.leases.size > 0) entry.owedUntil = now + owes
      return departure(entry, now, false)
    },

    async settle(chat, takes) {
      const entry = read(chat, performance.now())
      entry.owedUntil = 0
      return entry.takes > takes && entry.leases.size > 0
    },

    async clear(message, { age }) {
      const now = performance.now()
      const { tenant, chatId, actor, id } = message
      const entry = read(message, now)
      entry.owedUntil = 0
      for (const [holder, { takenAt }] of entry.leases)
        if ((actor === undefined || actor === holder) && takenAt <= now - age) {
          entry.leases.delete(holder)
          tell(tenant, { type: 'idle', chatId, actor: holder })
        }
      tell(tenant, { type: 'message', chatId, actor, id })
    },

    async count(limits) {
      const now = performance.now()
      let wait = 0
      for (const { key, max } of limits) {
        const counter = counters.get(key, now) ?? { count: 0, endsAt: now + minute }
        counter.count++
        counters.set(key, counter, now)
        if (counter.count > max) wait = Math.max(wait, counter.endsAt - now)
      }
      return wait
    },

    async hush(duration) {
      quietUntil = Math.max(quietUntil, performance.now() + duration)
    },
    quiet: async () => Math.max(0, quietUntil - performance.now()),

    async remember(fact, duration) {
      const now = performance.now()
      const isNew = facts.get(fact, now) === undefined
      facts.set(fact, { endsAt: now + duration }, now)
      return isNew
    },
    knows: async (fact) => facts.get(fact, performance.now()) !== undefined,

    async typists(tenant, chatIds) {
      const now = performance.now()
      return chatIds.flatMap((chatId) =>
        [...(chats.get(`${tenant}\n${chatId}`, now)?.leases ?? [])]
          .filter(([, { endsAt }]) => endsAt > now)
          .map(([actor, { name, since, endsAt }]) => ({
            chatId,
            actor,
            name,
            age: now - since,
            endsIn: endsAt - now,
          })),
      )
    },

    subscribe(tenant, listener) {
      const own = listeners.get(tenant) ?? new Set()
      listeners.set(tenant, own.add(listener))
      return () => {
        own.delete(listener)
        if (own.size === 0 && listeners.get(tenant) === own) listeners.delete(tenant)
      }
    },
  }
}

function newEntry(): ChatEntry {
  return { leases: new Map(), arrivals: new Map(), takes: 0, owedUntil: 0, endsAt: 0 }
}

function isNewest({ arrivals }: ChatEntry, actor: string, arrivedAt: number): boolean {
  if (arrivedAt < (arrivals.get(actor) ?? -Infinity)) return false
  arrivals.set(actor, arrivedAt)
  return true
}

function departure({ leases, owedUntil, takes }: ChatEntry, now: number, isStale: boolean): Departure {
  const lapses = [...leases.values()].map(({ endsAt }) => endsAt - now)
  return { isStale, others: leases.size, lapsesIn: Math.max(0, ...lapses), isOwed: owedUntil > now, takes }
}

const shared = Symbol.for('react-linq-typing.store')

/** The store that all hubs of this process share. Next.js, for one, bundles a module more than once. */
export function sharedMemoryStore(): TypingStore {
  const place = globalThis as unknown as Record<symbol, TypingStore | undefined>
  return (place[shared] ??= createMemoryStore())
}
