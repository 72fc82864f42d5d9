import type { TypingFeedWho } from '../../core/typingFeed.js'
import type { ChatState, StoreChange } from '../hub/typingStore.js'

/** Somebody who types, by `performance.now()`. It never changes: news of them is another one. */
export interface Typist {
  readonly who: TypingFeedWho
  readonly since: number
  readonly endsAt: number
}

/** Who types in a chat, by a key that tells them apart. */
export type Typists = ReadonlyMap<string, Typist>

/** What a board knows of a chat. */
export interface BoardChat {
  readonly version: number
  readonly typists: Typists
  /** Until when it matters. */
  readonly endsAt: number
}

/** How long a chat's version is kept, in milliseconds: no change is on its way for longer. */
const memory = 120_000

export const agentKey = (actor: string): string => `agent\n${actor}`
export const recipientKey = (handle: string | undefined): string => `recipient\n${handle ?? ''}`

export function toBoardChat({ version, agents, recipients }: ChatState, now: number): BoardChat {
  const typists = new Map<string, Typist>()
  for (const { actor, name, ...times } of agents)
    typists.set(agentKey(actor), toTypist({ type: 'agent', id: actor, name }, times, now))
  for (const { handle, ...times } of recipients)
    typists.set(recipientKey(handle), toTypist({ type: 'recipient', handle }, times, now))
  return toChat(version, typists, now)
}

/** What becomes of a chat by a change, or the same chat if it knows something later. */
export function change(chat: BoardChat | undefined, news: StoreChange, now: number): BoardChat | undefined {
  if (chat !== undefined && news.version < chat.version) return chat
  const typists = new Map(chat?.typists)
  if (news.type === 'typing') {
    const { actor, name } = news
    typists.set(agentKey(actor), toTypist({ type: 'agent', id: actor, name }, news, now))
  }
  if (news.type === 'recipient-typing') {
    const { handle } = news
    typists.set(recipientKey(handle), toTypist({ type: 'recipient', handle }, news, now))
  }
  if (news.type === 'idle') typists.delete(agentKey(news.actor))
  if (news.type === 'recipient-idle') typists.delete(recipientKey(news.handle))
  // A message of ours tells apart who is idle by it, and so does one of theirs, unless the store has forgotten the chat.
  if (news.type === 'recipient-message')
    for (const [key, { who }] of typists)
      if (who.type === 'recipient' && (news.handle === undefined || who.handle === news.handle))
        typists.delete(key)
  return toChat(news.version, typists, now)
}

function toTypist(who: TypingFeedWho, { age, endsIn }: { age: number; endsIn: number }, now: number): Typist {
  return { who, since: now - age, endsAt: now + endsIn }
}

function toChat(version: number, typists: Map<string, Typist>, now: number): BoardChat {
  let endsAt = now + memory
  for (const [key, typist] of typists) {
    if (typist.endsAt <= now) typists.delete(key)
    else endsAt = Math.max(endsAt, typist.endsAt)
  }
  return { version, typists, endsAt }
}
