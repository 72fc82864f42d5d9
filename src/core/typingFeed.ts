/** Who types: the other side, by handle where the service tells who it is in a group; or one of us. */
export type TypingFeedWho =
  | { readonly type: 'recipient'; readonly handle?: string | undefined }
  | { readonly type: 'agent'; readonly id: string; readonly name?: string | undefined }

/** Somebody who types. Times are durations, for clocks differ. */
export interface TypingFeedTypist {
  readonly chatId: string
  readonly who: TypingFeedWho
  /** Since when, in milliseconds. */
  readonly age: number
  /** Until it ends by itself, in milliseconds. */
  readonly endsIn: number
}

/** What a feed tells a page. */
export type TypingFeedEvent =
  /** All who type now, in place of all that was told before. */
  | { readonly type: 'snapshot'; readonly typing: readonly TypingFeedTypist[] }
  /** Somebody began to type, or goes on. */
  | ({ readonly type: 'typing' } & TypingFeedTypist)
  | { readonly type: 'idle'; readonly chatId: string; readonly who: TypingFeedWho }
  /** A message left, which ends the bubble of whoever sent it. One of ours clears the bubble on the recipient's phone. */
  | {
      readonly type: 'message'
      readonly chatId: string
      readonly from: 'recipient' | 'agent'
      /** The recipient who sent it, in a group. */
      readonly handle?: string | undefined
      /** The one of us who sent it, where that is known. */
      readonly actor?: string | undefined
      readonly id?: string | undefined
    }

/**
 * Tells a page who types on the other side, and who else of us does. It is a function that takes a listener, and returns
 * one that ends it; an app with a socket of its own writes it in five lines. It leaves out what this page's own user does.
 */
export type TypingFeed = (listener: (event: TypingFeedEvent) => void) => () => void
