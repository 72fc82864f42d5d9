import type { BubbleSpan } from './bubble.js'
import type { LinqCall } from './call.js'
import type { LinqChatInit, LinqMessage } from './chat.js'
import type { LinqNetwork } from './network.js'
import type { RecipientSpan } from './theirTyping.js'
import type { LinqWebhookDelivery, LinqWebhookNetwork, LinqWebhookTarget } from './webhookDelivery.js'

/** Which recipient does something. */
export interface LinqRecipient {
  /** A phone number or an email address. @default the chat's first recipient, whom webhooks about typing don't name */
  handle?: string | undefined
}

/** An in-memory Linq behind a `fetch`, and its recipients' phones. */
export interface LinqEmulator {
  /** Calls Linq, whatever the base URL; needs no `this`. Rejects when the global `fetch` would. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>
  /** What happens to each call. A new one applies to the calls sent from then on. */
  network: LinqNetwork | undefined
  /** Every call, in the order they were sent; a new array after every change. */
  readonly calls: readonly LinqCall[]
  /** Where webhooks go. A new target gets what happens from then on. Setting it throws if its secret can't sign. */
  webhooks: LinqWebhookTarget | undefined
  /** What happens to each webhook. A new one applies to what is sent from then on, retries included. */
  webhookNetwork: LinqWebhookNetwork | undefined
  /** Every webhook with its attempts, in the order of what happened; a new array after every change. */
  readonly webhookDeliveries: readonly LinqWebhookDelivery[]
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
  /** Sends a message from our side, as the call does. @returns its id. Throws if there is no such chat, or it refuses. */
  readonly send: (chatId: string, text: string) => string
  /** Makes the recipient write: the chat becomes active, and our bubble stays on. Throws if there is no such chat. */
  readonly receive: (chatId: string, text: string) => void
  /**
   * Makes the recipient bring their messaging app to the front. If they have an unread message from us, our bubble goes
   * off. It stays off until a stop, a message or the lifetime ends what was announced, and a new start arrives (reported
   * by integrators). Marks our messages as read. Throws if there is no such chat.
   */
  readonly reopen: (chatId: string) => void
  /**
   * Makes a recipient begin to type, or go on. No stop follows by itself: somebody who closes the app sends none. Linq
   * doesn't report typing in SMS and RCS chats, or in chats that we left. Throws if there is no such chat.
   */
  readonly recipientTypes: (chatId: string, recipient?: LinqRecipient) => void
  /** Makes a recipient stop typing without a message. Throws if there is no such chat. */
  readonly recipientStops: (chatId: string, recipient?: LinqRecipient) => void
  /** Like `receive`, but from one of several recipients, whose own bubble ends. @returns the message's id. */
  readonly recipientSends: (chatId: string, text: string, recipient?: LinqRecipient) => string
  /** Makes the recipient, who has the chat open, read our messages. Our bubble stays. Throws if there is no such chat. */
  readonly recipientReads: (chatId: string) => void
  /**
   * Whether a recipient's own bubble is on now, as a phone in our place would show it: until they stop, their message
   * arrives, or 60 s have passed since the last start.
   */
  readonly recipientTypesNow: (chatId: string, recipient?: LinqRecipient) => boolean
  /** Every stretch of time in which a recipient's own bubble was on, in order of their start. */
  readonly recipientTimeline: (chatId: string) => readonly RecipientSpan[]
  /** Calls `listener` after every change of calls, messages, webhooks and bubbles, even by time. @returns a function that ends it. */
  readonly subscribe: (listener: () => void) => () => void
}
