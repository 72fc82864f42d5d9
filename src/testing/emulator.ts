import { answerCall, refuse } from './answer.js'
import { createCallLog, type LinqCall } from './call.js'
import { carry } from './carry.js'
import { createChat, type Chat } from './chat.js'
import { systemClock } from './clock.js'
import { createCorrespondence } from './correspondence.js'
import type { LinqEmulatorOptions } from './emulatorOptions.js'
import type { LinqEmulator } from './linqEmulator.js'
import { createUuidCounter } from './uuid.js'
import { createWatch } from './watch.js'
import { createWebhooks } from './webhooks.js'

/** Makes an in-memory Linq without chats. */
export function createLinqEmulator(given?: LinqEmulatorOptions | null): LinqEmulator {
  const options = given ?? {}
  const deliveryDelay = options.deliveryDelay ?? 1_100
  const clock = options.clock ?? systemClock
  const rules = {
    lifetime: options.lifetime ?? 60_000,
    inactive: options.inactive ?? 'hidden',
    now: () => clock.now(),
  }
  const chats = new Map<string, Chat>()
  const createChatId = createUuidCounter()

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

  const webhooks = createWebhooks(clock, () => watch.changed())
  webhooks.target = options.webhooks ?? undefined
  webhooks.network = options.webhookNetwork ?? undefined
  const correspondence = createCorrespondence({
    clock,
    webhooks,
    deliveryDelay: typeof deliveryDelay === 'number' ? () => deliveryDelay : deliveryDelay,
    createMessageId: createUuidCounter(),
  })
  const office = {
    token: options.token ?? undefined,
    groups: options.groups ?? 'refused',
    findChat,
    correspondence,
  }
  const ends = {
    clock,
    log,
    plan: (call: LinqCall) => emulator.network?.(call),
    answer: (call: LinqCall, body: string) => answerCall(call, body, office),
  }

  const emulator: LinqEmulator = {
    fetch: (input, init) => carry(ends, input, init),
    network: options.network ?? undefined,
    get calls() {
      return log.calls
    },
    get webhooks() {
      return webhooks.target
    },
    set webhooks(target) {
      webhooks.target = target
    },
    get webhookNetwork() {
      return webhooks.network
    },
    set webhookNetwork(network) {
      webhooks.network = network
    },
    get webhookDeliveries() {
      return webhooks.deliveries
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
    send(chatId, text) {
      const chat = getChat(chatId)
      const refusal = refuse({ action: 'message' }, chat, office)
      if (refusal)
        throw new Error(`The emulated Linq refuses this message: ${refusal.status}, code ${refusal.code}.`)
      const { id } = correspondence.send(chat, { text })
      watch.changed()
      return id
    },
    receive: (chatId, text) => void emulator.recipientSends(chatId, text),
    reopen(chatId) {
      correspondence.reads(getChat(chatId), true)
      watch.changed()
    },
    recipientTypes(chatId, { handle } = {}) {
      correspondence.types(getChat(chatId), handle)
      watch.changed()
    },
    recipientStops(chatId, { handle } = {}) {
      correspondence.stopsTyping(getChat(chatId), handle)
      watch.changed()
    },
    recipientSends(chatId, text, { handle } = {}) {
      const id = correspondence.receive(getChat(chatId), text, handle)
      watch.changed()
      return id
    },
    recipientReads(chatId) {
      correspondence.reads(getChat(chatId), false)
      watch.changed()
    },
    recipientTypesNow: (chatId, { handle } = {}) =>
      emulator
        .recipientTimeline(chatId)
        .some((span) => span.to === null && (handle === undefined || span.handle === handle)),
    recipientTimeline: (chatId) => findChat(chatId)?.theirTyping.timeline ?? [],
    subscribe: (listener) => watch.subscribe(listener),
  }
  return emulator
}
