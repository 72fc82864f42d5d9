import { maxAge, type Moment } from '../../core/clock.js'
import type { TypingFeedEvent, TypingFeedTypist, TypingFeedWho } from '../../core/typingFeed.js'
import { longestShown } from '../feedRecord.js'

/** Somebody who is typing, as a feed reported. */
export interface Typist {
  readonly who: TypingFeedWho
  /** When they began. */
  readonly since: Moment
  /** When the feed last reported it. */
  readonly toldAt: Moment
  /** How long it lasts after that, in ms. */
  readonly lasts: number
}

/** Everybody who is typing, by chat. */
export interface Typists {
  /** Takes an event that was reported at this moment. @returns the chats that it may have changed. */
  hear: (event: TypingFeedEvent, toldAt: Moment) => Iterable<string>
  /** Forgets everyone who has run out. @returns the chats that this changed. */
  sweep: (now: Moment) => Iterable<string>
  /** Who is typing in a chat. Whoever began first comes first. */
  in: (chatId: string) => readonly Typist[]
  snapshot: (now: Moment) => TypingFeedTypist[]
  /** Milliseconds until the next one ends by age; `Infinity` if there is none. */
  timeToNextEnd: (now: Moment) => number
}

/** By how much two reports of when somebody began may differ, in ms: each took a way of its own. */
const slack = 5_000

export function createTypists(): Typists {
  const chats = new Map<string, readonly Typist[]>()

  function put(chatId: string, typists: readonly Typist[]): void {
    if (typists.length === 0) chats.delete(chatId)
    else chats.set(chatId, typists)
  }

  function add(
    { chatId, who, age, endsIn }: TypingFeedTypist,
    toldAt: Moment,
    known: readonly Typist[],
  ): void {
    const began = { monotonic: toldAt.monotonic - age, wall: toldAt.wall - age }
    const since = known.find((typist) => isSame(typist.who, who))?.since ?? began
    const others = (chats.get(chatId) ?? []).filter((typist) => !isSame(typist.who, who))
    const typist = { who, since, toldAt, lasts: Math.min(endsIn, longestShown) }
    put(
      chatId,
      [...others, typist].sort((one, other) => one.since.monotonic - other.since.monotonic),
    )
  }

  /** @returns whether anybody went. */
  function filter(chatId: string, stays: (typist: Typist) => boolean): boolean {
    const typists = chats.get(chatId) ?? []
    const left = typists.filter(stays)
    put(chatId, left)
    return left.length < typists.length
  }

  function end(chatId: string, who: TypingFeedWho): void {
    const isKnown = (chats.get(chatId) ?? []).some((typist) => isSame(typist.who, who))
    const ends = isKnown ? isSame : mayBeSame
    filter(chatId, (typist) => !ends(typist.who, who))
  }

  function replace(typing: readonly TypingFeedTypist[], toldAt: Moment): Iterable<string> {
    const before = new Map(chats)
    chats.clear()
    for (const typist of typing) {
      const { chatId, age } = typist
      // If they began later than we knew, they had stopped in between.
      const isSameTime = ({ since }: Typist) => Math.abs(toldAt.monotonic - since.monotonic - age) < slack
      add(typist, toldAt, (before.get(chatId) ?? []).filter(isSameTime))
    }
    return new Set([...before.keys(), ...chats.keys()])
  }

  return {
    hear(event, toldAt) {
      if (event.type === 'snapshot') return replace(event.typing, toldAt)
      const { chatId } = event
      if (event.type === 'typing') add(event, toldAt, chats.get(chatId) ?? [])
      else if (event.type === 'idle') end(chatId, event.who)
      else {
        const sender = senderOf(event)
        filter(chatId, (typist) => sender === null || !mayBeSame(typist.who, sender))
      }
      return [chatId]
    },
    sweep: (now) =>
      [...chats.keys()].filter((chatId) =>
        filter(chatId, ({ toldAt, lasts }) => maxAge(toldAt, now) < lasts),
      ),
    in: (chatId) => chats.get(chatId) ?? [],
    snapshot: (now) =>
      [...chats].flatMap(([chatId, typists]) =>
        typists.map(({ who, since, toldAt, lasts }) => ({
          chatId,
          who,
          age: maxAge(since, now),
          endsIn: Math.max(0, lasts - maxAge(toldAt, now)),
        })),
      ),
    timeToNextEnd: (now) =>
      Math.min(...[...chats.values()].flat().map(({ toldAt, lasts }) => lasts - maxAge(toldAt, now))),
  }
}

function senderOf({ from, handle, actor }: TypingFeedEvent & { type: 'message' }): TypingFeedWho | null {
  if (from === 'recipient') return { type: 'recipient', handle }
  return actor === undefined ? null : { type: 'agent', id: actor }
}

function isSame(one: TypingFeedWho, other: TypingFeedWho): boolean {
  return idOf(one) === idOf(other) && one.type === other.type
}

/** Somebody reported without a handle may be any recipient: their end must not be missed. */
function mayBeSame(one: TypingFeedWho, other: TypingFeedWho): boolean {
  if (one.type === 'recipient' && other.type === 'recipient' && (!one.handle || !other.handle)) return true
  return isSame(one, other)
}

const idOf = (who: TypingFeedWho) => (who.type === 'agent' ? who.id : who.handle)
