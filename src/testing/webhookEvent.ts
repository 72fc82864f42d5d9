import type { ChatMessage, ChatProfile } from './chat.js'
import {
  firstRecipient,
  healthOf,
  type LinqHandle,
  type LinqHealth,
  ourHandle,
  theirHandle,
} from './representation.js'

/** The body of one of Linq's webhooks, in its version 2026-02-03. */
export type LinqWebhookEvent = LinqWebhookEnvelope &
  (
    | { readonly event_type: LinqTypingEventType; readonly data: LinqTypingData }
    | { readonly event_type: LinqMessageEventType; readonly data: LinqMessageData }
  )

/** What every webhook says about itself. */
export interface LinqWebhookEnvelope {
  readonly api_version: string
  readonly webhook_version: string
  /** A UUID, the same however often the event is delivered. */
  readonly event_id: string
  /** When it happened, as ISO 8601, by the emulator's clock. A chat's events differ even while that stands still. */
  readonly created_at: string
  readonly trace_id: string
  readonly partner_id: string
}

export type LinqTypingEventType = 'chat.typing_indicator.started' | 'chat.typing_indicator.stopped'

export type LinqMessageEventType = 'message.received' | 'message.sent' | 'message.delivered' | 'message.read'

/** What a webhook about typing says. */
export interface LinqTypingData {
  readonly chat_id: string
  /** Who it is, if you said so. Linq's documents don't mention it, and integrators disagree. */
  readonly actor_handle?: LinqHandle
}

/** What a webhook about a message says. */
export interface LinqMessageData {
  readonly id: string
  readonly chat: {
    readonly id: string
    readonly is_group: boolean
    readonly owner_handle: LinqHandle
    readonly health_status: LinqHealth
  }
  readonly direction: 'inbound' | 'outbound'
  readonly sender_handle: LinqHandle
  readonly parts: { readonly type: 'text'; readonly value: string }[]
  readonly service: 'iMessage' | 'SMS' | 'RCS'
  readonly effect: null
  readonly reply_to: null
  readonly preferred_service: null
  readonly idempotency_key: string | null
  readonly sent_at: string
  readonly delivered_at: string | null
  readonly read_at: string | null
}

/** Describes a recipient who is typing, or no longer is. */
export function describeTyping(chat: ChatProfile, handle: string | undefined): LinqTypingData {
  return { chat_id: chat.id, ...(handle !== undefined && { actor_handle: theirHandle(chat, handle) }) }
}

/** Somebody's message, and how far it has got. Times are in ms. */
export interface MessageProgress {
  readonly message: ChatMessage
  /** Which recipient sent it. Not needed for ours. */
  readonly handle?: string | undefined
  readonly deliveredAt?: number | undefined
  readonly readAt?: number | undefined
}

/** Describes a message. */
export function describeMessage(chat: ChatProfile, progress: MessageProgress): LinqMessageData {
  const { message, handle = firstRecipient, deliveredAt, readAt } = progress
  const isOurs = message.from === 'us'
  return {
    id: message.id,
    chat: {
      id: chat.id,
      is_group: chat.isGroup,
      owner_handle: ourHandle(chat),
      health_status: healthOf(chat),
    },
    direction: isOurs ? 'outbound' : 'inbound',
    sender_handle: isOurs ? ourHandle(chat) : theirHandle(chat, handle),
    parts: [{ type: 'text', value: message.text }],
    service: chat.service ?? 'iMessage',
    effect: null,
    reply_to: null,
    preferred_service: null,
    idempotency_key: message.idempotencyKey ?? null,
    sent_at: writeTime(message.acceptedAt),
    delivered_at: deliveredAt === undefined ? null : writeTime(deliveredAt),
    read_at: readAt === undefined ? null : writeTime(readAt),
  }
}

/** Writes a time of the emulator's clock as Linq does. */
export const writeTime = (at: number): string => new Date(at).toISOString()
