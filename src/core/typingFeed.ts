/** Who is typing: the recipient, with a handle if the service says who it is in a group; or one of your agents. */
export type TypingFeedWho =
  | { readonly type: 'recipient'; readonly handle?: string | undefined }
  | { readonly type: 'agent'; readonly id: string; readonly name?: string | undefined }

/** Somebody who is typing. Times are durations, because clocks differ. */
export interface TypingFeedTypist {
  readonly chatId: string
  readonly who: TypingFeedWho
  /** For how long they have been typing, in milliseconds. */
  readonly age: number
  /** How long until it ends by itself, in milliseconds. */
  readonly endsIn: number
}

/** What a feed tells a page. */
export type TypingFeedEvent =
  /** Everybody who is typing now. It replaces everything reported before. */
  | { readonly type: 'snapshot'; readonly typing: readonly TypingFeedTypist[] }
  /** Somebody began to type, or is still typing. */
  | ({ readonly type: 'typing' } & TypingFeedTypist)
  | { readonly type: 'idle'; readonly chatId: string; readonly who: TypingFeedWho }
  /** A message left, which ends its sender's bubble. An agent's message clears the bubble on the recipient's phone. */
  | {
      readonly type: 'message'
      readonly chatId: string
      readonly from: 'recipient' | 'agent'
      /** The recipient who sent it, in a group. */
      readonly handle?: string | undefined
      /** The agent who sent it, if that is known. */
      readonly actor?: string | undefined
      readonly id?: string | undefined
    }

/**
 * Tells a page who is typing on the other side, and which colleagues are. It is a function that takes a listener, and
 * returns one that unsubscribes it; an app with its own socket can write one in five lines. It leaves out the page's own user.
 */
export type TypingFeed = (listener: (event: TypingFeedEvent) => void) => () => void
