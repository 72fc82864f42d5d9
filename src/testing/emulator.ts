import { answerCall } from './answer.js'
import type { BubbleSpan } from './bubble.js'
import { createCallLog, type LinqCall } from './call.js'
import { carry } from './carry.js'
import { createChat, type Chat, type LinqChatInit, type LinqMessage } from './chat.js'
import { systemClock, type LinqClock } from './clock.js'
import type { LinqNetwork } from './network.js'
import { createUuidCounter } from './uuid.js'
import { createWatch } from './watch.js'

/** What kind of Linq to emulate. Where Linq's documents disagree, you can choose either side. */
export interface LinqEmulatorOptions {
  /** The bearer token that it accepts. @default any */
  token?: string | undefined
  /** How long a bubble lasts after a start arrives, in ms; 90_000 is the other figure in Linq's documents. @default 60_000 */
  lifetime?: number | undefined
  /** Whether groups accept typing: by Linq's documents they refused it until August 2026. @default 'refused' */
  groups?: 'refused' | 'accepted' | undefined
  /** Whether a chat without a message in the last 5 minutes shows the bubble; it accepts typing anyway. @default 'hidden' */
  inactive?: 'hidden' | 'shown' | undefined
  /** The time from a message's acceptance to its delivery, in ms. @default 1_100, the median that one integrator measured */
  deliveryDelay?: number | (() => number) | undefined
  /** What happens to each call. @default every call arrives and is answered at once */
  network?: LinqNetwork | undefined
  /** The clock it uses. @default the global `Date.now` and timers, read at every call */
  clock?: LinqClock | undefined
}

/** An in-memory Linq behind a `fetch`, and its recipients' phones. */
export interface LinqEmulator {
  /** Calls Linq, whatever the base URL; needs no `this`. Rejects as the global `fetch` does. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>
  /** What happens to each call. A new one applies to the calls sent from then on. */
  network: LinqNetwork | undefined
  /** Every call, in the order they were sent; a new array after every change. */
  readonly calls: readonly LinqCall[]
  /** Adds a chat and returns its id. Throws if that id is taken. */
  readonly addChat: (chat?: LinqChatInit) => string
  /** Changes some properties of a chat; leaving a chat ends its bubble. Throws if there is no such chat. */
  readonly updateChat: (chatId: string, patch: Omit<LinqChatInit, 'id'>) => void
  /** Whether the bubble is on the recipient's phone now; false if there is no such chat. */
  readonly recipientSees: (chatId: string) => boolean
  /** Every stretch of time in which the recipient saw the bubble, oldest first. A refresh prolongs the current one. */
  readonly timeline: (chatId: string) => readonly BubbleSpan[]
  /** The chat's messages, both ways, in order of acceptance. */
  readonly messages: (chatId: string) => readonly LinqMessage[]
  /** Lets the recipient write: the chat becomes active, and the bubble stays on. Throws if there is no such chat. */
  readonly receive: (chatId: string, text: string) => void
  /**
   * Lets the recipient bring their messaging app to the front. If they have an unread message from us, the bubble goes
   * off. It stays off until a stop, a message or the lifetime ends what was announced, and a new start arrives (reported
   * by integrators). Marks our messages as read. Throws if there is no such chat.
   */
  readonly reopen: (chatId: string) => void
  /** Calls `listener` after every change of calls, messages and bubbles, even by time. @returns a function that ends it. */
  readonly subscribe: (listener: () => void) => () => void
}

/** Makes an in-memory Linq without chats. */
export function createLinqEmulator(options: LinqEmulatorOptions = {}): LinqEmulator {
  const { token, groups = 'refused', deliveryDelay = 1_100, clock = systemClock } = options
  const rules = {
    lifetime: options.lifetime ?? 60_000,
    inactive: options.inactive ?? 'hidden',
    now: () => clock.now(),
  }
  const chats = new Map<string, Chat>()
  const createChatId = createUuidCounter()
  const createMessageId = createUuidCounter()

  const watch = createWatch(clock, () => {
    const changes = [...chats.values()].map((chat) => chat.changesAt ?? Infinity)
    const soonest = Math.min(...changes)
    return soonest === Infinity ? null : soonest
  })
  const log = createCallLog(() => watch.changed())

  // UUIDs are the same in either case.
  const findChat = (id: string) => chats.get(id.toLowerCase())
  const getChat = (id: string) => {
    const chat = findChat(id)
    if (!chat) throw new Error(`The emulated Linq has no chat ${JSON.stringify(id)}: add it with addChat().`)
    return chat
  }
  const createFreeChatId = (): string => {
    const id = createChatId()
    return findChat(id) ? createFreeChatId() : id
  }

  const office = {
    token,
    groups,
    findChat,
    createMessageId,
    deliveryDelay: typeof deliveryDelay === 'number' ? () => deliveryDelay : deliveryDelay,
  }
  const ends = {
    clock,
    log,
    plan: (call: LinqCall) => emulator.network?.(call),
    answer: (call: LinqCall, body: string) => answerCall(call, body, office),
  }

  const emulator: LinqEmulator = {
    fetch: (input, init) => carry(ends, input, init),
    network: options.network,
    get calls() {
      return log.calls
    },
    addChat(chat = {}) {
      const id = chat.id ?? createFreeChatId()
      if (findChat(id)) throw new Error(`The emulated Linq already has a chat ${JSON.stringify(id)}.`)
      chats.set(id.toLowerCase(), createChat(id, chat, rules))
      watch.changed()
      return id
    },
    updateChat(chatId, patch) {
      getChat(chatId).update(patch)
      watch.changed()
    },
    recipientSees: (chatId) => findChat(chatId)?.timeline.at(-1)?.to === null,
    timeline: (chatId) => findChat(chatId)?.timeline ?? [],
    messages: (chatId) => findChat(chatId)?.messages ?? [],
    receive(chatId, text) {
      getChat(chatId).receive(createMessageId(), text)
      watch.changed()
    },
    reopen(chatId) {
      getChat(chatId).reopen()
      watch.changed()
    },
    subscribe: (listener) => watch.subscribe(listener),
  }
  return emulator
}
