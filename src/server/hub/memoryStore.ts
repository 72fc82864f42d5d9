import { ExpiringMap } from '../expiringMap.js'
import { createActiveChats } from './activeChats.js'
import {
  departure,
  endLeases,
  forgive,
  isNewest,
  listTypists,
  memory,
  type MemoryChat,
  newChat,
  nextVersion,
  presentVersion,
  prune,
  type UntoldChange,
} from './memoryChat.js'
import { hearSign, listRecipients } from './recipients.js'
import type { StoreChange, StoredChat, TypingStore } from './typingStore.js'

const minute = 60_000

/** Makes a store for one process, separate from the one that all its hubs share by default. */
export function createMemoryStore(): TypingStore {
  const chats = new ExpiringMap<MemoryChat>()
  const active = createActiveChats()
  /** By tenant. */
  const quietTimes = new ExpiringMap<{ endsAt: number }>()
  const counters = new ExpiringMap<{ count: number; endsAt: number }>()
  const facts = new ExpiringMap<{ endsAt: number }>()
  const listeners = new Map<string, Set<(change: StoreChange) => void>>()

  const find = (tenant: string, chatId: string, now: number) => chats.get(`${tenant}\n${chatId}`, now)
  /** Opens a chat, and returns what reports its changes. */
  const open = ({ tenant, chatId }: StoredChat, now: number) => {
    const chat = find(tenant, chatId, now) ?? newChat()
    prune(chat, now)
    chat.endsAt = now + memory
    chats.set(`${tenant}\n${chatId}`, chat, now)
    const tell = (change: UntoldChange) => {
      const told: StoreChange = { ...change, chatId, version: nextVersion(chat, now) }
      for (const listener of [...(listeners.get(tenant) ?? [])]) listener(told)
    }
    return { chat, tell }
  }

  return {
    async take(holder, { age, lifetime, max }) {
      const now = performance.now()
      const { tenant, chatId, actor, name } = holder
      const { chat, tell } = open(holder, now)
      if (!isNewest(chat, actor, now - age)) return 'stale'
      const former = chat.leases.get(actor)
      if (former === undefined && chat.leases.size >= max) return false
      const since = former?.since ?? now
      chat.leases.set(actor, { name, since, takenAt: now, endsAt: now + lifetime })
      chat.takes++
      active.note(tenant, chatId, now + lifetime, now)
      tell({ type: 'typing', actor, name, age: now - since, endsIn: lifetime })
      return true
    },

    async giveBack(place, { age, owes }) {
      const now = performance.now()
      const { actor } = place
      const { chat, tell } = open(place, now)
      if (actor !== undefined) {
        if (!isNewest(chat, actor, now - age)) return departure(chat, now, true)
        if (chat.leases.delete(actor)) tell({ type: 'idle', actor })
      }
      if (owes > 0 && chat.leases.size > 0) Object.assign(chat, { owedSince: now, owedUntil: now + owes })
      return departure(chat, now, false)
    },

    async settle(place, takes) {
      const { chat } = open(place, performance.now())
      chat.owedUntil = 0
      return chat.takes > takes && chat.leases.size > 0
    },

    async clear(message, { age }) {
      const now = performance.now()
      const { actor, id } = message
      const { chat, tell } = open(message, now)
      if (id !== undefined && chat.messages.has(id)) return
      if (id !== undefined) chat.messages.set(id, now)
      forgive(chat, now - age)
      for (const holder of endLeases(chat, now - age, actor)) tell({ type: 'idle', actor: holder })
      tell({ type: 'message', actor, id })
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

    async hush(duration, tenant = '') {
      const now = performance.now()
      const endsAt = Math.max(now + duration, quietTimes.get(tenant, now)?.endsAt ?? 0)
      quietTimes.set(tenant, { endsAt }, now)
    },
    async quiet(tenant = '') {
      const now = performance.now()
      return (quietTimes.get(tenant, now)?.endsAt ?? now) - now
    },

    async remember(fact, duration) {
      const now = performance.now()
      const isNew = facts.get(fact, now) === undefined
      facts.set(fact, { endsAt: now + duration }, now)
      return isNew
    },
    knows: async (fact) => facts.get(fact, performance.now()) !== undefined,

    async typists(tenant, chatIds) {
      const now = performance.now()
      return chatIds.flatMap((chatId) => listTypists(chatId, find(tenant, chatId, now), now))
    },

    async hear(place, sign, lifetime) {
      const now = performance.now()
      const { chat, tell } = open(place, now)
      const changes = hearSign(chat.recipients, sign, { now, lifetime })
      if (changes === undefined) return false
      if (sign.type === 'typing') active.note(place.tenant, place.chatId, now + lifetime - sign.age, now)
      for (const change of changes) tell(change)
      return true
    },

    activeChats: async (tenant) => active.list(tenant, performance.now()),

    async states(tenant, chatIds) {
      const now = performance.now()
      return chatIds.map((chatId) => {
        const chat = find(tenant, chatId, now)
        return {
          chatId,
          version: presentVersion(chat, now),
          agents: listTypists(chatId, chat, now),
          recipients: chat === undefined ? [] : listRecipients(chat.recipients, now),
        }
      })
    },

    subscribe(tenant, listener, onListening) {
      const own = listeners.get(tenant) ?? new Set()
      listeners.set(tenant, own.add(listener))
      if (onListening !== undefined)
        queueMicrotask(() => {
          if (own.has(listener)) onListening()
        })
      return () => {
        own.delete(listener)
        if (own.size === 0 && listeners.get(tenant) === own) listeners.delete(tenant)
      }
    },
  }
}

const shared = Symbol.for('react-linq-typing.store')

/** The store that all hubs of this process share, even if a module is bundled more than once, as Next.js does. */
export function sharedMemoryStore(): TypingStore {
  const place = globalThis as unknown as Record<symbol, TypingStore | undefined>
  return (place[shared] ??= createMemoryStore())
}
