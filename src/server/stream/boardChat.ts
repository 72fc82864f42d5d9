import type { TypingFeedWho } from '../../core/typingFeed.js'
import { personOf } from '../hub/holders.js'
import type { ChatState, StoreChange } from '../hub/typingStore.js'

/** Somebody who is typing; times are by `performance.now()`. It never changes: news about them makes a new one. */
export interface Typist {
  readonly who: TypingFeedWho
  readonly since: number
  readonly endsAt: number
}

/** Who is typing in a chat, by a unique key. */
export type Typists = ReadonlyMap<string, Typist>

/** What a board knows about a chat. */
export interface BoardChat {
  readonly version: number
  /** Each lease and each bubble. A person with work on a server has several. */
  readonly holders: Typists
  /** Each person once. */
  readonly typists: Typists
  /** Until when this matters. */
  readonly endsAt: number
}

/** How long a chat's version is kept, in milliseconds: no change takes longer to arrive. */
const memory = 120_000

export const agentKey = (actor: string): string => `agent\n${actor}`
export const recipientKey = (handle: string | undefined): string => `recipient\n${handle ?? ''}`

export function toBoardChat({ version, agents, recipients }: ChatState, now: number): BoardChat {
  const holders = new Map<string, Typist>()
  for (const { actor, name, ...times } of agents)
    holders.set(agentKey(actor), toTypist(toAgent(actor, name), times, now))
  for (const { handle, ...times } of recipients)
    holders.set(recipientKey(handle), toTypist({ type: 'recipient', handle }, times, now))
  return toChat(version, holders, now)
}

/** The chat after a change, or the same chat if it already knows something later. */
export function change(chat: BoardChat | undefined, news: StoreChange, now: number): BoardChat | undefined {
  if (chat !== undefined && news.version < chat.version) return chat
  const holders = new Map(chat?.holders)
  if (news.type === 'typing') {
    const { actor, name } = news
    holders.set(agentKey(actor), toTypist(toAgent(actor, name), news, now))
  }
  if (news.type === 'recipient-typing') {
    const { handle } = news
    holders.set(recipientKey(handle), toTypist({ type: 'recipient', handle }, news, now))
  }
  if (news.type === 'idle') holders.delete(agentKey(news.actor))
  if (news.type === 'recipient-idle') holders.delete(recipientKey(news.handle))
  // The store reports separately who became idle by a message, except a recipient's message in a chat that it has forgotten.
  if (news.type === 'recipient-message')
    for (const [key, { who }] of holders)
      if (who.type === 'recipient' && (news.handle === undefined || who.handle === news.handle))
        holders.delete(key)
  return toChat(news.version, holders, now, chat?.typists)
}

/** Names the person behind a message from our side, as pages are told of people. */
export function byPerson(news: StoreChange): StoreChange {
  if (news.type !== 'message' || news.actor === undefined) return news
  return { ...news, actor: personOf(news.actor) }
}

function toAgent(holder: string, name: string | undefined): TypingFeedWho {
  return { type: 'agent', id: personOf(holder), name }
}

function toTypist(who: TypingFeedWho, { age, endsIn }: { age: number; endsIn: number }, now: number): Typist {
  return { who, since: now - age, endsAt: now + endsIn }
}

function toChat(version: number, holders: Map<string, Typist>, now: number, former?: Typists): BoardChat {
  let endsAt = now + memory
  for (const [key, typist] of holders) {
    if (typist.endsAt <= now) holders.delete(key)
    else endsAt = Math.max(endsAt, typist.endsAt)
  }
  return { version, holders, typists: toPeople(holders, former), endsAt }
}

function toPeople(holders: Typists, former: Typists | undefined): Typists {
  const leases = new Map<string, Typist[]>()
  for (const typist of holders.values()) {
    const key = keyOf(typist.who)
    leases.set(key, [...(leases.get(key) ?? []), typist])
  }
  const people = new Map<string, Typist>()
  for (const [key, [first, ...others]] of leases)
    if (first !== undefined)
      people.set(key, others.length === 0 ? first : join([first, ...others], former?.get(key)))
  return people
}

const keyOf = (who: TypingFeedWho) => (who.type === 'agent' ? agentKey(who.id) : recipientKey(who.handle))

/** Joins a person's leases into one, from the first until the last ends. Something already known is no news. */
function join(leases: readonly [Typist, ...Typist[]], known: Typist | undefined): Typist {
  const since = Math.min(...leases.map((lease) => lease.since))
  const last = leases.reduce((one, other) => (other.endsAt >= one.endsAt ? other : one))
  return known?.since === since && known.endsAt === last.endsAt ? known : { ...last, since }
}
