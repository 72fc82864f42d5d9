import { fields } from '../core/fields.js'
import { isUuid } from './uuid.js'

/** An event from one of Linq's webhooks. The official client has a type for each `event_type`. */
export interface LinqWebhookEvent {
  /** What happened, such as `'message.received'`. */
  readonly event_type: string
  /** The same each time that the event is sent. */
  readonly event_id: string
  /** When it happened, as an ISO date. */
  readonly created_at?: string | undefined
  /** The event's data. Its form depends on `event_type` and `webhook_version`. */
  readonly data?: unknown
  readonly api_version?: string | undefined
  readonly webhook_version?: string | undefined
  readonly partner_id?: string | undefined
  readonly trace_id?: string | undefined
}

/** What an event says about a chat, as far as typing is concerned. */
export interface ChatNews {
  readonly type: 'typing' | 'idle' | 'received' | 'sent'
  readonly chatId: string
  /** When it happened, in epoch milliseconds. */
  readonly at: number
  /** Which recipient it was, if there may be several and the event says so. */
  readonly handle: string | undefined
  /** The message's id. */
  readonly id: string | undefined
}

/** An event's id becomes a key. Linq's have 36 characters. */
const longest = 256

/** Whether a value has what every event has. */
export function isLinqEvent(value: unknown): value is LinqWebhookEvent {
  const { event_type, event_id } = fields(value)
  return typeof event_type === 'string' && readText(event_id) !== undefined
}

/** Reads an event, in webhook version 2026-02-03 or the older one; `undefined` if it doesn't concern typing. */
export function readChatNews({
  event_type,
  created_at,
  data: given,
}: LinqWebhookEvent): ChatNews | undefined {
  const data = fields(given)
  const chatId = readText(data.chat_id) ?? readText(fields(data.chat).id)
  const at = typeof created_at === 'string' ? Date.parse(created_at) : NaN
  if (chatId === undefined || !isUuid(chatId) || Number.isNaN(at)) return undefined
  const place = { chatId: chatId.toLowerCase(), at }

  switch (event_type) {
    case 'chat.typing_indicator.started':
    case 'chat.typing_indicator.stopped': {
      if (isOurs(data.actor_handle)) return undefined
      const type = event_type.endsWith('started') ? 'typing' : 'idle'
      return { ...place, type, handle: readHandle(data.actor_handle), id: undefined }
    }
    case 'message.received':
    case 'message.sent':
    case 'message.delivered': {
      const id = readText(data.id) ?? readText(fields(data.message).id)
      const sender = data.sender_handle ?? data.from_handle ?? data.from
      if (isSentByUs(event_type, data, sender)) return { ...place, type: 'sent', handle: undefined, id }
      // Later events about their message say nothing about their typing.
      if (event_type !== 'message.received') return undefined
      // One person may write from several addresses.
      const isAlone = fields(data.chat).is_group === false
      return { ...place, type: 'received', handle: isAlone ? undefined : readHandle(sender), id }
    }
    default:
      return undefined
  }
}

function isSentByUs(type: string, data: Record<string, unknown>, sender: unknown): boolean {
  const { direction, is_from_me } = data
  if (direction === 'outbound' || direction === 'inbound') return direction === 'outbound'
  if (typeof is_from_me === 'boolean') return is_from_me
  return type !== 'message.received' || isOurs(sender)
}

function isOurs(handle: unknown): boolean {
  return fields(handle).is_me === true
}

/** A handle is a string, or an object that holds one. */
function readHandle(handle: unknown): string | undefined {
  return readText(handle) ?? readText(fields(handle).handle)
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= longest ? value : undefined
}
