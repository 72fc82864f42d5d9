/** A chat, as one tenant has it. */
export interface StoredChat {
  readonly tenant: string
  readonly chatId: string
}

/** Who holds a lease on a chat's bubble: a person, in all their tabs, or one piece of work. */
export interface LeaseHolder extends StoredChat {
  /** For a piece of work: its actor, a line feed, and a unique id. */
  readonly actor: string
  readonly name?: string | undefined
}

/** What a store knows about a chat once somebody has left it. */
export interface Departure {
  /** Whether the same actor has already done something later, so that nothing was changed. */
  readonly isStale: boolean
  /** How many others hold a lease. */
  readonly others: number
  /** How long until the last of their leases lapses, in milliseconds. */
  readonly lapsesIn: number
  /** Whether a stop was withheld, and none has reached Linq since. */
  readonly isOwed: boolean
  /** How many leases have been taken in this chat so far. */
  readonly takes: number
}

/** Somebody who is typing, as the store knows it. */
export interface StoredTypist {
  readonly chatId: string
  readonly actor: string
  readonly name?: string | undefined
  /** For how long, in milliseconds. */
  readonly age: number
  /** How long until the lease lapses, in milliseconds. */
  readonly endsIn: number
}

/** Somebody on the other side who is typing. */
export interface StoredRecipient {
  /** Who it is in a group, if that is known. */
  readonly handle?: string | undefined
  /** For how long, in milliseconds. */
  readonly age: number
  /** How long until the bubble ends by itself, in milliseconds. */
  readonly endsIn: number
}

/** Who types in a chat. */
export interface ChatState {
  readonly chatId: string
  /** Orders this among the chat's changes: those with a smaller version are already included. */
  readonly version: number
  readonly agents: readonly StoredTypist[]
  readonly recipients: readonly StoredRecipient[]
}

/** Something that the other side did. */
export interface RecipientSign {
  readonly type: 'typing' | 'idle' | 'message'
  /** Who it was in a group, if that is known. */
  readonly handle?: string | undefined
  /** When it happened, by the service's clock, in epoch milliseconds. It orders the signs of a chat. */
  readonly at: number
  /** How long ago that is, in milliseconds. */
  readonly age: number
  /** The message's id. */
  readonly id?: string | undefined
}

/** What a store tells all servers. Of two versions of a chat, the greater one is later. */
export type StoreChange = { readonly chatId: string; readonly version: number } & (
  | {
      readonly type: 'typing'
      readonly actor: string
      readonly name?: string | undefined
      readonly age: number
      readonly endsIn: number
    }
  | { readonly type: 'idle'; readonly actor: string }
  | { readonly type: 'message'; readonly actor?: string | undefined; readonly id?: string | undefined }
  | ({ readonly type: 'recipient-typing' } & StoredRecipient)
  | { readonly type: 'recipient-idle'; readonly handle?: string | undefined }
  | {
      readonly type: 'recipient-message'
      readonly handle?: string | undefined
      readonly id?: string | undefined
    }
)

/** How often something may happen in a minute. */
export interface StoreLimit {
  readonly key: string
  readonly max: number
}

/**
 * Where a hub keeps what all servers have to share, each thing for a while. Every time is a duration in milliseconds:
 * a store reads its own clock, because servers' clocks differ. `age` says how long ago something counts as having happened.
 */
export interface TypingStore {
  /**
   * Takes a lease, or renews it.
   *
   * @returns whether it is held: `false` if the chat has too many, `'stale'` if the same actor has done something later.
   */
  take: (
    holder: LeaseHolder,
    options: { age: number; lifetime: number; max: number },
  ) => Promise<boolean | 'stale'>
  /**
   * Gives a lease back, if there is one.
   *
   * @param options.owes for how long the chat owes a stop if others hold a lease. 0 leaves that as it was.
   */
  giveBack: (
    chat: StoredChat & { actor?: string | undefined },
    options: { age: number; owes: number },
  ) => Promise<Departure>
  /**
   * Notes that a stop reached Linq: none is owed any more.
   *
   * @param takes what `takes` was when the stop was decided.
   * @returns whether somebody took a lease since then, and holds it.
   */
  settle: (chat: StoredChat, takes: number) => Promise<boolean>
  /** Notes a message, which clears the bubble: ends the leases that one actor, or all, took before it. */
  clear: (
    chat: StoredChat & { actor?: string | undefined; id?: string | undefined },
    options: { age: number },
  ) => Promise<void>
  /**
   * Counts a call against its limits for a minute.
   *
   * @returns how long to wait, 0 if no limit is exceeded.
   */
  count: (limits: readonly StoreLimit[]) => Promise<number>
  /**
   * Holds back all of a tenant's starts for a while. Of two durations, the longer one counts. A store that ignores the tenant
   * holds back everybody's.
   */
  hush: (duration: number, tenant?: string) => Promise<void>
  /** How much longer a tenant's starts are held back. */
  quiet: (tenant?: string) => Promise<number>
  /** Keeps a fact for a while. Resolves to whether it is new. */
  remember: (fact: string, duration: number) => Promise<boolean>
  knows: (fact: string) => Promise<boolean>
  /** Lists who is typing in some chats. */
  typists: (tenant: string, chatIds: readonly string[]) => Promise<readonly StoredTypist[]>
  /**
   * Notes what the other side did, unless something later is known. Of signs at the same time, a message counts as first,
   * then a stop, then a start. A message ends its sender's bubble; a message from an unknown sender ends all bubbles.
   *
   * @param lifetime how long a bubble lasts after its last sign.
   * @returns whether it was noted.
   */
  hear: (chat: StoredChat, sign: RecipientSign, lifetime: number) => Promise<boolean>
  /** Lists the chats of a tenant in which somebody may be typing now, at most 1,000. */
  activeChats: (tenant: string) => Promise<readonly string[]>
  /** Lists who is typing in some chats, on either side. */
  states: (tenant: string, chatIds: readonly string[]) => Promise<readonly ChatState[]>
  /**
   * Listens to what happens in a tenant's chats.
   *
   * @param onListening called when the store begins to listen, and again whenever a lost connection is back: whatever
   * happened before may have been missed. It may be called more often than that.
   */
  subscribe: (tenant: string, listener: (change: StoreChange) => void, onListening?: () => void) => () => void
}
