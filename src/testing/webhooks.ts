import type { ChatProfile } from './chat.js'
import type { LinqClock } from './clock.js'
import { createUuidCounter } from './uuid.js'
import {
  createDeliveryLog,
  type LinqWebhookDelivery,
  type LinqWebhookNetwork,
  type LinqWebhookTarget,
} from './webhookDelivery.js'
import {
  describeMessage,
  describeTyping,
  type LinqMessageEventType,
  type LinqTypingEventType,
  type LinqWebhookEvent,
  type MessageProgress,
  writeTime,
} from './webhookEvent.js'
import { checkSecret, deliver } from './webhookSender.js'

/** The webhooks of one emulator. While it has no target, none is made. */
export interface Webhooks {
  target: LinqWebhookTarget | undefined
  network: LinqWebhookNetwork | undefined
  readonly deliveries: readonly LinqWebhookDelivery[]
  /** Tells of a recipient who types or no longer does. */
  tellTyping(chat: ChatProfile, type: LinqTypingEventType, handle: string | undefined): void
  /** Tells of a message. @param at when that was, in ms on the emulator's clock. */
  tellMessage(chat: ChatProfile, type: LinqMessageEventType, message: MessageProgress, at: number): void
}

type Told = Pick<LinqWebhookEvent, 'event_type' | 'data'>

/** The milliseconds that the last events of a chat have taken. */
interface Moments {
  readonly first: number
  readonly last: number
}

/** Gives an event a millisecond of its own: a clock that stands still would leave open what came first. */
function separate(chats: Map<string, Moments>, chatId: string, at: number): number {
  const taken = chats.get(chatId) ?? { first: -Infinity, last: -Infinity }
  if (at < taken.first) return at
  const isTaken = at <= taken.last
  const last = isTaken ? taken.last + 1 : at
  chats.set(chatId, { first: isTaken ? taken.first : at, last })
  return last
}

/** Makes the webhooks of an emulator, which call `changed` whenever one gets further. */
export function createWebhooks(clock: LinqClock, changed: () => void): Webhooks {
  const log = createDeliveryLog(changed)
  const createEventId = createUuidCounter()
  const createTraceId = createUuidCounter()
  const chats = new Map<string, Moments>()
  let target: LinqWebhookTarget | undefined

  const tell = (chatId: string, told: Told, happenedAt: number) => {
    if (!target) return
    const at = separate(chats, chatId, Math.floor(happenedAt))
    const event = {
      api_version: 'v3',
      webhook_version: '2026-02-03',
      event_id: createEventId(),
      created_at: writeTime(at),
      trace_id: createTraceId().replaceAll('-', ''),
      partner_id: 'emulated-partner',
      ...told,
    } as LinqWebhookEvent
    const id = log.open({ event, chatId, body: JSON.stringify(event), createdAt: at })
    deliver(id, target, { clock, log, plan: (delivery) => webhooks.network?.(delivery) })
  }

  const webhooks: Webhooks = {
    get target() {
      return target
    },
    set target(given) {
      if (given) checkSecret(given)
      target = given
    },
    network: undefined,
    get deliveries() {
      return log.deliveries
    },
    tellTyping: (chat, type, handle) =>
      tell(chat.id, { event_type: type, data: describeTyping(chat, handle) }, clock.now()),
    tellMessage: (chat, type, message, at) =>
      tell(chat.id, { event_type: type, data: describeMessage(chat, message) }, at),
  }
  return webhooks
}
