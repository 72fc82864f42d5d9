/** Who types, as a feed tells it. */
export type FakeFeedWho =
  | { readonly type: 'recipient'; readonly handle?: string | undefined }
  | { readonly type: 'agent'; readonly id: string; readonly name?: string | undefined }

/** Somebody who types. */
export interface FakeFeedTypist {
  readonly chatId: string
  readonly who: FakeFeedWho
  /** Since when, in ms. */
  readonly age: number
  /** Until the bubble ends by itself, in ms. */
  readonly endsIn: number
}

/** What a feed tells a page. It has the shape of the library's `TypingFeedEvent`. */
export type FakeFeedEvent =
  | { readonly type: 'snapshot'; readonly typing: readonly FakeFeedTypist[] }
  | ({ readonly type: 'typing' } & FakeFeedTypist)
  | { readonly type: 'idle'; readonly chatId: string; readonly who: FakeFeedWho }
  | ({ readonly type: 'message'; readonly chatId: string } & FakeFeedMessage)

/** A message, as a feed tells it. */
export interface FakeFeedMessage {
  readonly from: 'recipient' | 'agent'
  /** The recipient who sent it, in a group. */
  readonly handle?: string | undefined
  /** The one of us who sent it. */
  readonly actor?: string | undefined
  readonly id?: string | undefined
}

/** How long somebody has typed, and will. */
export type FakeFeedTimes = Partial<Pick<FakeFeedTypist, 'age' | 'endsIn'>>

/** A feed for tests and stories, which tells what it is told to, at once. */
export interface FakeFeed {
  /** For `<TypingProvider feed>`. */
  readonly feed: (listener: (event: FakeFeedEvent) => void) => () => void
  /** How many listen now. */
  readonly listeners: number
  /** Tells who types, in place of all that was told before. @param typing @default nobody */
  readonly snapshot: (typing?: readonly (Omit<FakeFeedTypist, 'age' | 'endsIn'> & FakeFeedTimes)[]) => void
  /**
   * Tells that somebody types.
   *
   * @param who @default the recipient
   * @param times @default since now, and for 90 s at most
   */
  readonly typing: (chatId: string, who?: FakeFeedWho, times?: FakeFeedTimes) => void
  /** Tells that somebody no longer types. @param who @default the recipient */
  readonly idle: (chatId: string, who?: FakeFeedWho) => void
  /** Tells of a message. @param message @default one of the recipient */
  readonly message: (chatId: string, message?: FakeFeedMessage) => void
}

const recipient: FakeFeedWho = { type: 'recipient' }
const now = { age: 0, endsIn: 90_000 }

/** Makes a feed that nobody listens to yet. A listener learns only what is told while it listens. */
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
