import { linqPolicy } from '../../linq/policy.js'
import { ExpiringMap } from '../expiringMap.js'
import type { StoredChat } from './typingStore.js'

/** What a command is about. */
type Place = StoredChat & { readonly actor?: string | undefined }

/** When a command's call came, and when the command counts, by `performance.now()`. */
export interface CommandDate {
  readonly arrivedAt: number
  readonly date: number
}

/**
 * Dates the commands of each actor in each chat, so that they count in the order in which their calls came. By itself, a store
 * dates a command by when it gets there: one that is slow on its way counts as later than the next. Of what other servers send
 * meanwhile, this knows nothing: there, a command may count as later than one that came within its way.
 */
export interface CommandDates {
  /** When a command counts: when its call came, but later than the commands whose calls came before it. */
  readonly dateOf: (place: Place, arrivedAt: number) => CommandDate
  /**
   * Sends a command.
   *
   * @param command is told how old it is, in milliseconds: at least 0, because a store may take the future for a clock's mistake.
   */
  readonly send: <Answer>(
    place: Place,
    date: CommandDate,
    command: (age: number) => Promise<Answer>,
  ) => Promise<Answer>
  /** When a message counts that was sent at a time: later than a command that was asked for before, and took effect after it. */
  readonly dateOfMessage: (place: Place, sentAt: number) => number
}

/** How long an unanswered command may still take effect, in milliseconds. A store in Redis makes sure of that. */
const longest = 500

interface SentCommand extends CommandDate {
  readonly askedAt: number
  /** When it took effect, at the latest. */
  doneBy: number
  readonly endsAt: number
}

export function createCommandDates(): CommandDates {
  /** Of each actor in each chat, the command whose call came last. */
  const last = new ExpiringMap<SentCommand>()
  const nameOf = ({ tenant, chatId, actor }: Place) => [tenant, chatId, actor].join('\n')
  const lastIn = (place: Place) =>
    place.actor === undefined ? undefined : last.get(nameOf(place), performance.now())

  return {
    dateOf(place, arrivedAt) {
      const former = lastIn(place)
      if (former === undefined || arrivedAt < former.arrivedAt) return { arrivedAt, date: arrivedAt }
      const { date, askedAt, doneBy } = former
      // A millisecond more, because times are rounded.
      return { arrivedAt, date: Math.max(arrivedAt, date + doneBy - askedAt + 1) }
    },

    async send(place, { arrivedAt, date }, command) {
      const askedAt = performance.now()
      const counted = Math.min(date, askedAt)
      const endsAt = askedAt + linqPolicy.maxLifetime
      const sent: SentCommand = { arrivedAt, date: counted, askedAt, doneBy: askedAt + longest, endsAt }
      const former = lastIn(place)
      if (place.actor !== undefined && (former === undefined || arrivedAt >= former.arrivedAt))
        last.set(nameOf(place), sent, askedAt)
      const answer = await command(askedAt - counted)
      sent.doneBy = performance.now()
      return answer
    },

    dateOfMessage(place, sentAt) {
      const former = lastIn(place)
      return former === undefined || sentAt < former.askedAt ? sentAt : Math.max(sentAt, former.doneBy + 1)
    },
  }
}
