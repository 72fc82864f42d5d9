import type { Chat, ChatMessage, MessageDraft } from './chat.js'
import type { LinqClock } from './clock.js'
import { firstRecipient } from './representation.js'
import type { Webhooks } from './webhooks.js'

/** What both sides of a chat do, and the webhooks that report it. */
export interface Correspondence {
  /** Accepts a message from our side. */
  send(chat: Chat, draft: MessageDraft): ChatMessage
  /** @returns the message's id. */
  receive(chat: Chat, text: string, handle: string | undefined): string
  types(chat: Chat, handle: string | undefined): void
  stopsTyping(chat: Chat, handle: string | undefined): void
  /** The recipient reads what is unread. @param reopens whether their app was closed before. */
  reads(chat: Chat, reopens: boolean): void
}

/** What a correspondence uses of its Linq. */
export interface CorrespondenceParts {
  readonly clock: LinqClock
  readonly webhooks: Webhooks
  readonly deliveryDelay: () => number
  readonly createMessageId: () => string
}

/** Makes the correspondence of all chats of one Linq. */
export function createCorrespondence(parts: CorrespondenceParts): Correspondence {
  const { clock, webhooks, deliveryDelay, createMessageId } = parts

  const tellDelivery = (chat: Chat, message: ChatMessage) => {
    const at = message.deliveredAt
    const tell = () =>
      webhooks.tellMessage(chat.profile, 'message.delivered', { message, deliveredAt: at }, at)
    if (at <= clock.now()) tell()
    else clock.setTimeout(tell, at - clock.now())
  }

  return {
    send(chat, draft) {
      const message = chat.send(createMessageId(), draft, deliveryDelay())
      webhooks.tellMessage(chat.profile, 'message.sent', { message }, clock.now())
      // No timer without webhooks.
      if (webhooks.target) tellDelivery(chat, message)
      return message
    },
    receive(chat, text, handle = firstRecipient) {
      const message = chat.receive(createMessageId(), text)
      chat.theirTyping.note(handle, 'message')
      if (chat.isJoined)
        webhooks.tellMessage(chat.profile, 'message.received', { message, handle }, clock.now())
      return message.id
    },
    types(chat, handle) {
      if (!chat.showsTyping) return
      chat.theirTyping.note(handle ?? firstRecipient, 'start')
      webhooks.tellTyping(chat.profile, 'chat.typing_indicator.started', handle)
    },
    stopsTyping(chat, handle) {
      if (!chat.showsTyping) return
      chat.theirTyping.note(handle ?? firstRecipient, 'stop')
      webhooks.tellTyping(chat.profile, 'chat.typing_indicator.stopped', handle)
    },
    reads(chat, reopens) {
      const readAt = clock.now()
      for (const message of reopens ? chat.reopen() : chat.read())
        webhooks.tellMessage(
          chat.profile,
          'message.read',
          { message, deliveredAt: message.deliveredAt, readAt },
          readAt,
        )
    },
  }
}
