import type { ChatMessage, ChatProfile, MessageDraft } from './chat.js'

const ours = '+12025550100'
const theirs = ['+12025550101', '+12025550102'] as const
const epoch = new Date(0).toISOString()

/** Somebody in a chat, as Linq writes them. */
export interface LinqHandle {
  readonly id: string
  /** A phone number or an email address. */
  readonly handle: string
  readonly is_me: boolean
  readonly status: 'active' | 'left' | 'removed'
  readonly service: 'iMessage' | 'SMS' | 'RCS'
  readonly joined_at: string
}

const writeHandle = (chat: ChatProfile, handle: string, index: number): LinqHandle => ({
  id: chat.id.slice(0, -4) + `f00${index}`,
  handle,
  is_me: index === 0,
  status: index === 0 && (chat.status === 'left' || chat.status === 'removed') ? chat.status : 'active',
  service: chat.service ?? 'iMessage',
  joined_at: epoch,
})

/** Our own line. */
export const ourHandle = (chat: ChatProfile): LinqHandle => writeHandle(chat, ours, 0)

/** The recipient of a chat; in a group, the first one. */
export const firstRecipient: string = theirs[0]

/** A recipient, by phone number or email address. */
export function theirHandle(chat: ChatProfile, handle: string): LinqHandle {
  const index = theirs.findIndex((known) => known === handle)
  return writeHandle(chat, handle, index < 0 ? theirs.length + 1 : index + 1)
}

/** How well a chat does, as Linq writes it. */
export interface LinqHealth {
  readonly status: ChatProfile['health']
  readonly doc_url: string
  readonly updated_at: string
}

/** Writes how well a chat does. */
export const healthOf = ({ health }: ChatProfile): LinqHealth => ({
  status: health,
  doc_url: 'https://docs.linqapp.com/guides/chats/chat-health',
  updated_at: epoch,
})

/** Writes a chat as `GET /v3/chats/{chatId}` answers it. */
export function representChat(chat: ChatProfile): object {
  const { id, name, isGroup, service } = chat
  const recipients = isGroup ? theirs : theirs.slice(0, 1)
  return {
    id,
    created_at: epoch,
    updated_at: epoch,
    display_name: name ?? recipients.join(', '),
    is_archived: false,
    is_group: isGroup,
    service,
    handles: [ourHandle(chat), ...recipients.map((handle) => theirHandle(chat, handle))],
    health_status: healthOf(chat),
  }
}

/** Writes a message as `POST /v3/chats/{chatId}/messages` answers it: accepted, not delivered. */
export function representSentMessage(chat: ChatProfile, message: ChatMessage): object {
  return {
    chat_id: chat.id,
    message: {
      id: message.id,
      created_at: new Date(message.acceptedAt).toISOString(),
      delivery_status: 'pending',
      is_read: false,
      parts: [{ type: 'text', value: message.text, reactions: null }],
      sent_at: null,
      delivered_at: null,
      service: chat.service,
    },
  }
}

/** Reads a message being sent, or null if the body is not a message. */
export function readMessage(body: string): MessageDraft | null {
  const message = child(parse(body), 'message')
  const content = child(message, 'parts')
  if (!Array.isArray(content) || content.length === 0) return null
  const text = content
    .map((part) => child(part, 'value'))
    .filter((value) => typeof value === 'string')
    .join('')
  const key = child(message, 'idempotency_key')
  return { text, idempotencyKey: typeof key === 'string' ? key : undefined }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

function child(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}
