import { newRecipients, pruneRecipients, type Recipients } from './recipients.js'
import type { Departure, StoreChange, StoredTypist } from './typingStore.js'

interface Lease {
  name: string | undefined
  /** When the actor began to type. */
  since: number
  takenAt: number
  endsAt: number
}

/** What a store in memory keeps for a chat. */
export interface MemoryChat {
  leases: Map<string, Lease>
  /** When the newest call of each actor arrived. */
  arrivals: Map<string, number>
  /** When each message was reported. */
  messages: Map<string, number>
  recipients: Recipients
  takes: number
  owedSince: number
  owedUntil: number
  /** The version of the last change. */
  version: number
  endsAt: number
}

/** How long a chat is kept after its last call: longer than any call takes, or any bubble lasts. */
export const memory = 120_000

export function newChat(): MemoryChat {
  return {
    leases: new Map(),
    arrivals: new Map(),
    messages: new Map(),
    recipients: newRecipients(),
    takes: 0,
    owedSince: 0,
    owedUntil: 0,
    version: 0,
    endsAt: 0,
  }
}

/** Forgets what is over. */
export function prune(chat: MemoryChat, now: number): void {
  const { leases, arrivals, messages, recipients } = chat
  for (const [actor, { endsAt }] of leases) if (endsAt <= now) leases.delete(actor)
  for (const times of [arrivals, messages])
    for (const [name, at] of times) if (at < now - memory) times.delete(name)
  pruneRecipients(recipients, now - memory)
}

export function isNewest({ arrivals }: MemoryChat, actor: string, arrivedAt: number): boolean {
  if (arrivedAt < (arrivals.get(actor) ?? -Infinity)) return false
  arrivals.set(actor, arrivedAt)
  return true
}

export function departure(
  { leases, owedUntil, takes }: MemoryChat,
  now: number,
  isStale: boolean,
): Departure {
  const lapses = [...leases.values()].map(({ endsAt }) => endsAt - now)
  return { isStale, others: leases.size, lapsesIn: Math.max(0, ...lapses), isOwed: owedUntil > now, takes }
}

/** Ends the leases taken before a message, of one actor or of all, and returns whose they were. */
export function endLeases({ leases }: MemoryChat, sentAt: number, actor: string | undefined): string[] {
  const ended = [...leases]
    .filter(([holder, { takenAt }]) => (actor === undefined || actor === holder) && takenAt <= sentAt)
    .map(([holder]) => holder)
  for (const holder of ended) leases.delete(holder)
  return ended
}

/** Forgets what the chat owed before a message, unless a start has brought the bubble back since. */
export function forgive(chat: MemoryChat, sentAt: number): void {
  const isOnAgain = [...chat.leases.values()].some(({ takenAt }) => takenAt > sentAt)
  if (chat.owedSince <= sentAt && !isOnAgain) chat.owedUntil = 0
}

export function listTypists(chatId: string, chat: MemoryChat | undefined, now: number): StoredTypist[] {
  return [...(chat?.leases ?? [])]
    .filter(([, { endsAt }]) => endsAt > now)
    .map(([actor, { name, since, endsAt }]) => ({
      chatId,
      actor,
      name,
      age: now - since,
      endsIn: endsAt - now,
    }))
}

/** A change before the store has given it a place and a version. */
export type UntoldChange = StoreChange extends infer Change
  ? Change extends StoreChange
    ? Omit<Change, 'chatId' | 'version'>
    : never
  : never

/** Gives the next change of a chat its version: the time in microseconds, and greater than the one before. */
export function nextVersion(chat: MemoryChat, now: number): number {
  chat.version = Math.max(chat.version + 1, Math.floor(now * 1_000))
  return chat.version
}

/** A version after all changes of a chat so far, and before the next. */
export function presentVersion(chat: MemoryChat | undefined, now: number): number {
  return Math.max(chat?.version ?? 0, Math.floor(now * 1_000) - 1) + 0.5
}
