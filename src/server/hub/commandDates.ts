import { ExpiringMap } from '../expiringMap.js'
import type { StoredChat } from './typingStore.js'

/** What a command is about. */
type Place = StoredChat & { readonly actor?: string | undefined }

/**
 * Dates the commands of each actor in each chat, so that they count in the order in which their calls came. By itself, a store
 * dates a command by when it gets there: one that is slow on its way counts as later than the next.
 */
export interface CommandDates {
  /**
   * Sends a command.
   *
   * @param arrivedAt when its call came, by `performance.now()`.
   * @param command is told how old it is, in milliseconds.
   */
  readonly send: <Answer>(
    place: Place,
    arrivedAt: number,
    command: (age: number) => Promise<Answer>,
  ) => Promise<Answer>
  /** When something that happened counts: later than the commands whose calls came before it. */
  readonly after: (place: Place, at: number) => number
}

/** How long an unanswered command may still go through, in milliseconds. A store in Redis makes sure of that. */
const longest = 500
/** How long commands are remembered, in milliseconds: longer than a bubble lasts, or a missed command matters. */
const memory = 120_000

export function createCommandDates(): CommandDates {
  /** The last command by its call's arrival, and the latest date that the store may have given it. */
  const last = new ExpiringMap<{ arrivedAt: number; latest: number; endsAt: number }>()
  const nameOf = ({ tenant, chatId, actor }: Place) => [tenant, chatId, actor].join('\n')

  function after(place: Place, at: number): number {
    const now = performance.now()
    const former = last.get(nameOf(place), now)
    if (former === undefined || at < former.arrivedAt) return at
    // A millisecond more, because times are rounded, but never in the future, which a store may take for a clock's mistake.
    return Math.max(at, Math.min(former.latest + 1, now))
  }

  return {
    async send(place, arrivedAt, command) {
      const askedAt = performance.now()
      const date = after(place, arrivedAt)
      const sent = { arrivedAt, latest: date + longest, endsAt: askedAt + memory }
      const former = last.get(nameOf(place), askedAt)
      if (former === undefined || arrivedAt >= former.arrivedAt) last.set(nameOf(place), sent, askedAt)
      const answer = await command(askedAt - date)
      sent.latest = date + performance.now() - askedAt
      return answer
    },
    after,
  }
}
