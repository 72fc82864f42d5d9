import type { TypingServerEvent } from 'react-linq-typing/server'
import type { LinqClock } from 'react-linq-typing/testing'
import type { AgentTyping } from '../api.js'

/** Who types where, from what the proxy and the hub tell. */
export interface Typists {
  /** Takes what happened. */
  readonly hear: (event: TypingServerEvent) => void
  /** Takes a message, whose sender no longer types. */
  readonly sent: (chatId: string, actor: string) => void
  /** What each actor does in a chat; none who isn't typing. */
  readonly in: (chatId: string) => Record<string, AgentTyping>
  readonly subscribe: (listener: () => void) => () => void
}

/** How long the hub keeps a lease after a start, in milliseconds. */
const lease = 60_000

export function createTypists(clock: LinqClock): Typists {
  const chats = new Map<string, Map<string, { does: AgentTyping; at: number }>>()
  const listeners = new Set<() => void>()

  const actorsOf = (chatId: string) => {
    const actors = chats.get(chatId) ?? new Map<string, { does: AgentTyping; at: number }>()
    chats.set(chatId, actors)
    return actors
  }
  const note = (chatId: string, actor: string, does: AgentTyping) =>
    actorsOf(chatId).set(actor, { does, at: clock.now() })
  /** A stop that reached Linq, or a message, makes up for those that were withheld. */
  const end = (chatId: string, actor: string) => {
    const actors = actorsOf(chatId)
    actors.delete(actor)
    for (const [other, { does }] of actors) if (does === 'withheld') actors.delete(other)
  }
  const tell = () => {
    for (const listener of listeners) listener()
  }

  return {
    hear(event) {
      if (event.type === 'lapsed') chats.delete(event.chatId)
      else if (event.type !== 'forwarded' && event.type !== 'withheld') return
      else if (event.actor === undefined) return
      else if (event.type === 'withheld') note(event.chatId, event.actor, 'withheld')
      else if (event.action === 'start') note(event.chatId, event.actor, 'typing')
      else end(event.chatId, event.actor)
      tell()
    },
    sent(chatId, actor) {
      end(chatId.toLowerCase(), actor)
      tell()
    },
    in(chatId) {
      const now = clock.now()
      const actors = [...actorsOf(chatId)].filter(
        ([, { does, at }]) => does === 'withheld' || now < at + lease,
      )
      // Nothing is withheld for nobody.
      if (actors.every(([, { does }]) => does === 'withheld')) return {}
      return Object.fromEntries(actors.map(([actor, { does }]) => [actor, does]))
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
