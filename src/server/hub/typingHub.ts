import { type OnTypingServerEvent, tell } from '../events.js'
import { isLinqEvent, type LinqWebhookEvent } from '../linqEvent.js'
import { type GuardedStore, guardStore } from './guardedStore.js'
import { createLeases, type Leases } from './leases.js'
import { sharedMemoryStore } from './memoryStore.js'
import {
  createOncePerEvent,
  createTakeIn,
  type OncePerEvent,
  type ReceivedEvent,
  type TakeIn,
} from './receivedEvents.js'
import { createTellSent, type SentMessage } from './sentMessages.js'
import type { TypingStore } from './typingStore.js'

export interface TypingHubOptions {
  /** Where the hub keeps what all servers have to share. @default the memory of this process */
  store?: TypingStore | null | undefined
  /** Called when the store begins to fail and when it answers again, and when a lease lapses. */
  onEvent?: OnTypingServerEvent | null | undefined
  /**
   * Called once for each outage of the store, with what it threw, each time a withheld stop fails when it is finally sent, and
   * each time `sent` or `receive` can't use what it was given.
   */
  onError?: ((error: unknown) => unknown) | null | undefined
}

/** Lets several people type in one chat: the last one to stop turns off the bubble. */
export interface TypingHub {
  /**
   * Says that a message left. Call it where your server sends messages: until the hub has learnt of one, here or by
   * `receive`, it lets every stop through, because it can't tell who has sent from who is still typing. Never throws and
   * never rejects.
   */
  readonly sent: (chatId: string, message?: SentMessage | null) => Promise<void>
  /**
   * Takes in one of Linq's webhook events, whose signature you have verified: the recipient's typing, their messages and
   * yours. It ignores other events, those more than 90 s old, and any that it has already had. `createLinqWebhook` verifies
   * events and takes them in for you. Never throws and never rejects.
   */
  readonly receive: (event: LinqWebhookEvent, received?: ReceivedEvent | null) => Promise<void>
  /** @internal */
  readonly [hubParts]: HubParts
}

/** What the other parts of the server use of a hub. */
export interface HubParts {
  readonly store: GuardedStore
  readonly leases: Leases
  readonly oncePerEvent: OncePerEvent
  readonly takeIn: TakeIn
  /** The first of these commands that the store lacks: it may be older, or the host's own. */
  readonly lacks: (commands: readonly (keyof TypingStore)[]) => string | undefined
}

/** Registered, because Next.js bundles a module more than once. */
export const hubParts: unique symbol = Symbol.for('react-linq-typing.hub')

/**
 * Makes a hub. Hubs without a store share their process's memory, so it doesn't matter how many you make.
 *
 * @throws TypeError if the store can't work.
 */
export function createTypingHub(options?: TypingHubOptions | null): TypingHub {
  const { store: place, onEvent, onError } = options ?? {}
  const given = checked(place ?? sharedMemoryStore())
  const store = guardStore(given, {
    onLost(error) {
      tell(onEvent, { type: 'store-lost' })
      tell(onError, error)
    },
    onFound: () => tell(onEvent, { type: 'store-found' }),
    onDeaf: (error) => tell(onError, error),
  })
  let isWarned = false
  const leases = createLeases(store, {
    onLapse: ({ tenant, chatId }) => tell(onEvent, { type: 'lapsed', tenant: tenant || undefined, chatId }),
    onFailure: (error) => tell(onError, error),
    onNeverTold() {
      if (isWarned || !isDevelopment()) return
      isWarned = true
      console.warn(
        'A stop reached Linq while somebody else was typing in the same chat. The hub cannot hold a stop back until it knows when messages leave: call hub.sent(chatId, { actor }) where your server sends messages.',
      )
    },
  })

  const tellSent = createTellSent(store)
  const oncePerEvent = createOncePerEvent(store)
  const takeIn = createTakeIn(store, tellSent)

  async function receive(event: LinqWebhookEvent, received?: ReceivedEvent | null): Promise<void> {
    const arrivedAt = performance.now()
    const deliveredAt = received?.deliveredAt ?? Date.now()
    if (!isLinqEvent(event)) return
    // A webhook's `onEvent` may pass on the event that it was given: its own work must not wait for itself.
    await oncePerEvent(
      event,
      () => takeIn(event, { ...received, deliveredAt: deliveredAt + performance.now() - arrivedAt }),
      false,
    )
  }
  const quietly = (work: Promise<void>) => work.catch((error: unknown) => tell(onError, error))

  return {
    sent: (chatId, message) => quietly(tellSent(chatId, message)),
    receive: (event, received) => quietly(receive(event, received)),
    [hubParts]: {
      ...{ store, leases, oncePerEvent, takeIn },
      lacks: (names) => firstMissing(given, names),
    },
  }
}

/**
 * Throws if a value isn't a hub.
 *
 * @param user the function that it was passed to.
 */
export function checkHub(hub: Partial<TypingHub> | null | undefined, user: string): void {
  if (hub != null && typeof hub[hubParts] !== 'object')
    throw new TypeError(`${user} can't use this hub. Pass one from createTypingHub().`)
}

const commands = [
  'take',
  'giveBack',
  'settle',
  'clear',
  'count',
  'hush',
  'quiet',
  'remember',
  'knows',
] as const

function checked(store: TypingStore): TypingStore {
  const missing = firstMissing(store, commands)
  if (missing === undefined) return store
  throw new TypeError(
    `createTypingHub can't use this store: it has no ${missing}(). Pass one from createRedisStore (react-linq-typing/redis), or leave store out for a single process.`,
  )
}

function firstMissing(
  store: Partial<TypingStore> | null,
  names: readonly (keyof TypingStore)[],
): string | undefined {
  return names.find((name) => typeof store?.[name] !== 'function')
}

function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production'
  } catch {
    // `process` doesn't exist here, or can't be read.
    return false
  }
}
