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

/** Makes the webhooks of an emulator, which call `changed` whenever one gets further. */
export function createWebhooks(clock: LinqClock, changed: () => void): Webhooks {
  const log = createDeliveryLog(changed)
  const createEventId = createUuidCounter()
  const createTraceId = createUuidCounter()
  let target: LinqWebhookTarget | undefined

  const tell = (chatId: string, told: Told, at: number) => {
    if (!target) return
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
