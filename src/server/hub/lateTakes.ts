import type { LeaseHolder, StoredChat } from './typingStore.js'

/** The takes that a store didn't answer in time. They may have gone through, or still may. */
export interface LateTakes {
  /**
   * @param take when its call came and when it was asked for, by `performance.now()`, and the store's answer.
   */
  readonly note: (
    holder: LeaseHolder,
    take: { arrivedAt: number; askedAt: number; answer: Promise<unknown> },
  ) => void
  /** When something that ended a lease counts: later than a late take that came before it. */
  readonly dateEnd: (holder: StoredChat & { actor?: string | undefined }, at: number) => number
  /** Forgets all takes, because what ended their leases has been told. */
  readonly forget: () => void
}

/** How long a take may still go through, in milliseconds. A store in Redis makes sure of that. */
const longest = 500
/** How many takes are remembered. */
const most = 1_000

export function createLateTakes(): LateTakes {
  const takes = new Map<string, { arrivedAt: number; doneBy: number }>()
  const nameOf = ({ tenant, chatId, actor }: StoredChat & { actor?: string | undefined }) =>
    [tenant, chatId, actor].join('\n')

  return {
    note(holder, { arrivedAt, askedAt, answer }) {
      // The store has failed for very long: what was taken at first has lapsed.
      if (takes.size >= most) takes.clear()
      const take = { arrivedAt, doneBy: askedAt + longest }
      takes.set(nameOf(holder), take)
      answer.then(
        () => (take.doneBy = performance.now()),
        () => undefined,
      )
    },

    dateEnd(holder, at) {
      const take = takes.get(nameOf(holder))
      if (take === undefined || at < take.arrivedAt) return at
      // A millisecond more, because times are rounded.
      return Math.max(at, take.doneBy + 1)
    },

    forget: () => takes.clear(),
  }
}
