/** Who is typing, as a feed reports it. */
export type FakeFeedWho =
  | { readonly type: 'recipient'; readonly handle?: string | undefined }
  | { readonly type: 'agent'; readonly id: string; readonly name?: string | undefined }

/** Somebody who is typing. */
export interface FakeFeedTypist {
  readonly chatId: string
  readonly who: FakeFeedWho
  /** For how long they have been typing, in ms. */
  readonly age: number
  /** How long until the bubble ends by itself, in ms. */
  readonly endsIn: number
}

/** What a feed tells a page. It has the same shape as the library's `TypingFeedEvent`. */
export type FakeFeedEvent =
  | { readonly type: 'snapshot'; readonly typing: readonly FakeFeedTypist[] }
  | ({ readonly type: 'typing' } & FakeFeedTypist)
  | { readonly type: 'idle'; readonly chatId: string; readonly who: FakeFeedWho }
  | ({ readonly type: 'message'; readonly chatId: string } & FakeFeedMessage)

/** A message, as a feed reports it. */
export interface FakeFeedMessage {
  readonly from: 'recipient' | 'agent'
  /** The recipient who sent it, in a group. */
  readonly handle?: string | undefined
  /** The agent who sent it. */
  readonly actor?: string | undefined
  readonly id?: string | undefined
}

/** How long somebody has been typing, and how much longer they will be. */
export type FakeFeedTimes = Partial<Pick<FakeFeedTypist, 'age' | 'endsIn'>>

/** A feed for tests and stories. Whatever you make it report, it reports at once. */
export interface FakeFeed {
  /** For `<TypingProvider feed>`. */
  readonly feed: (listener: (event: FakeFeedEvent) => void) => () => void
  /** How many listeners there are now. */
  readonly listeners: number
  /** Reports who is typing, and replaces everything reported before. @param typing @default nobody */
  readonly snapshot: (typing?: readonly (Omit<FakeFeedTypist, 'age' | 'endsIn'> & FakeFeedTimes)[]) => void
  /**
   * Reports that somebody is typing.
   *
   * @param who @default the recipient
   * @param times @default since now, and for 90 s at most
   */
  readonly typing: (chatId: string, who?: FakeFeedWho, times?: FakeFeedTimes) => void
  /** Reports that somebody is no longer typing. @param who @default the recipient */
  readonly idle: (chatId: string, who?: FakeFeedWho) => void
  /** Reports a message. @param message @default one from the recipient */
  readonly message: (chatId: string, message?: FakeFeedMessage) => void
}

const recipient: FakeFeedWho = { type: 'recipient' }
const now = { age: 0, endsIn: 90_000 }

/** Makes a feed that nobody listens to yet. A listener learns only what is reported while it listens. */
export function createFakeFeed(): FakeFeed {
  const listeners = new Set<(event: FakeFeedEvent) => void>()
  const tell = (event: FakeFeedEvent) => {
    for (const listener of [...listeners]) listener(event)
  }

  return {
    feed(listener) {
      // Wrapped, so that one function may listen twice and each ends its own.
      const own = (event: FakeFeedEvent) => listener(event)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    get listeners() {
      return listeners.size
    },
    snapshot: (typing = []) =>
      tell({ type: 'snapshot', typing: typing.map((typist) => ({ ...now, ...typist })) }),
    typing: (chatId, who = recipient, times = {}) => tell({ type: 'typing', chatId, who, ...now, ...times }),
    idle: (chatId, who = recipient) => tell({ type: 'idle', chatId, who }),
    message: (chatId, message = { from: 'recipient' }) => tell({ type: 'message', chatId, ...message }),
  }
}
