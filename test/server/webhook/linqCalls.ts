import { Webhook } from 'standardwebhooks'

export const secret = `whsec_${btoa('a secret of this test, and no other')}`
export const otherSecret = `whsec_${btoa('another secret, for a rotation')}`
export const address = 'https://app.test/webhooks/linq'

export interface SentEvent {
  event_type: string
  event_id: string
  created_at: string
  data?: unknown
  webhook_version?: string
}

export interface EventOptions {
  /** How long ago it happened, in milliseconds. */
  age?: number
  id?: string
  handle?: string | undefined
}

/** An event of Linq's, in the form of 2026-02-03. */
export function linqEvent(type: string, data: object, { age = 0, id }: EventOptions = {}): SentEvent {
  return {
    event_type: type,
    event_id: id ?? crypto.randomUUID(),
    created_at: new Date(Date.now() - age).toISOString(),
    webhook_version: '2026-02-03',
    data,
  }
}

export const started = (chatId: string, options: EventOptions = {}): SentEvent =>
  linqEvent('chat.typing_indicator.started', { chat_id: chatId, actor_handle: options.handle }, options)
export const stopped = (chatId: string, options: EventOptions = {}): SentEvent =>
  linqEvent('chat.typing_indicator.stopped', { chat_id: chatId, actor_handle: options.handle }, options)

export function message(
  type: 'received' | 'sent' | 'delivered',
  chatId: string,
  options: EventOptions & { messageId?: string; isGroup?: boolean } = {},
): SentEvent {
  const isOurs = type !== 'received'
  const data = {
    id: options.messageId ?? crypto.randomUUID(),
    chat: { id: chatId, is_group: options.isGroup ?? false },
    direction: isOurs ? 'outbound' : 'inbound',
    sender_handle: { handle: options.handle ?? '+15550001', is_me: isOurs },
    parts: [{ type: 'text', value: 'a text that nobody else may see' }],
  }
  return linqEvent(`message.${type}`, data, options)
}

export interface Signing {
  by?: string[]
  at?: number
  id?: string
}

/** The headers of a body, signed by each secret. */
export function signatures(body: string, { by = [secret], at = Date.now(), id = 'msg_1' }: Signing = {}) {
  const when = new Date(at)
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1_000)),
    'webhook-signature': by.map((key) => new Webhook(key).sign(id, when, body)).join(' '),
  }
}

/** What Linq sends. */
export function signed(event: unknown, signing: Signing = {}): Request {
  const body = typeof event === 'string' ? event : JSON.stringify(event)
  return new Request(address, { method: 'POST', body, headers: signatures(body, signing) })
}
