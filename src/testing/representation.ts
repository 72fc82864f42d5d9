import type { ChatProfile, LinqMessage } from './chat.js'

const ours = '+12025550100'
const theirs = ['+12025550101', '+12025550102']
const epoch = new Date(0).toISOString()

/** Writes a chat as `GET /v3/chats/{chatId}` answers it. */
export function representChat({ id, name, isGroup, service, status, health }: ChatProfile): object {
  const recipients = isGroup ? theirs : theirs.slice(0, 1)
  const part = status === 'left' || status === 'removed' ? status : 'active'
  return {
    id,
    created_at: epoch,
    updated_at: epoch,
    display_name: name ?? recipients.join(', '),
    is_archived: false,
    is_group: isGroup,
    service,
    handles: [ours, ...recipients].map((handle, index) => ({
      id: id.slice(0, -4) + `f00${index}`,
      handle,
      is_me: index === 0,
      status: index === 0 ? part : 'active',
      service: service ?? 'iMessage',
      joined_at: epoch,
    })),
    health_status: {
      status: health,
      doc_url: 'https://docs.linqapp.com/guides/chats/chat-health',
      updated_at: epoch,
    },
  }
}

/** Writes a message as `POST /v3/chats/{chatId}/messages` answers it: accepted, not delivered. */
export function representSentMessage(chat: ChatProfile, message: LinqMessage): object {
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

/** Reads the text of a message being sent, or null if the body is not a message. */
export function readMessageText(body: string): string | null {
  const content = child(child(parse(body), 'message'), 'parts')
  if (!Array.isArray(content) || content.length === 0) return null
  return content
    .map((part) => child(part, 'value'))
    .filter((value) => typeof value === 'string')
    .join('')
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
