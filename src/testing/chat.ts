import { readBubble, type BubbleFact, type BubbleSpan, type BubbleState } from './bubble.js'
import { createTheirTyping, type TheirTyping } from './theirTyping.js'

/** What you can say about a chat when you add it. */
export interface LinqChatInit {
  /** A UUID. @default the next one in a fixed sequence */
  id?: string | undefined
  /** The chat's display name. @default its recipients' handles */
  name?: string | null | undefined
  /** @default false */
  isGroup?: boolean | undefined
  /** The messaging service; null means not known yet. SMS and RCS accept typing but never show it. @default 'iMessage' */
  service?: 'iMessage' | 'SMS' | 'RCS' | null | undefined
  /** Whether we are in the chat, left it or were removed, or it is being created or was deleted. @default 'active' */
  status?: 'active' | 'left' | 'removed' | 'creating' | 'deleted' | undefined
  /** When the last message was delivered, either way, in ms on the emulator's clock; null means never. @default now */
  lastMessageAt?: number | null | undefined
  /** The chat's health; a recipient who opted out refuses typing and messages. @default 'HEALTHY' */
  health?: 'HEALTHY' | 'AT_RISK' | 'CRITICAL' | 'OPTED_OUT' | undefined
}

/** A message in a chat. Times are in ms on the emulator's clock. */
export interface LinqMessage {
  readonly id: string
  readonly text: string
  readonly from: 'us' | 'them'
  readonly acceptedAt: number
  /** When it reached the recipient and cleared the bubble, or null while it is on its way. */
  readonly deliveredAt: number | null
}

/** What Linq knows about a chat besides its messages. */
export interface ChatProfile {
  readonly id: string
  readonly name: string | null
  readonly isGroup: boolean
  readonly service: 'iMessage' | 'SMS' | 'RCS' | null
  readonly status: 'active' | 'left' | 'removed' | 'creating' | 'deleted'
  readonly health: 'HEALTHY' | 'AT_RISK' | 'CRITICAL' | 'OPTED_OUT'
}

/** The rules that every chat of one emulator follows. */
export interface ChatRules {
  readonly lifetime: number
  readonly inactive: 'hidden' | 'shown'
  readonly now: () => number
}

/** One chat: what happened in it, and what the recipient's phone shows. */
export interface Chat {
  readonly profile: ChatProfile
  readonly messages: readonly LinqMessage[]
  readonly timeline: readonly BubbleSpan[]
  /** The recipients' own bubbles. */
  readonly theirTyping: TheirTyping
  /** Whether we are in it, so that Linq reports what happens there. */
  readonly isJoined: boolean
  /** Whether Linq reports who types in it. */
  readonly showsTyping: boolean
  /** When its messages or its bubbles change by time alone, or null. */
  readonly changesAt: number | null
  update(patch: Omit<LinqChatInit, 'id'>): void
  start(): void
  stop(): void
  send(id: string, draft: MessageDraft, deliveryDelay: number): ChatMessage
  receive(id: string, text: string): ChatMessage
  /** Marks our delivered messages as read. @returns those that were unread. */
  read(): readonly ChatMessage[]
  /** Like `read`, but the app was closed before. */
  reopen(): readonly ChatMessage[]
}

/** A message that we ask Linq to send. */
export interface MessageDraft {
  readonly text: string
  readonly idempotencyKey?: string | undefined
}

/** A message, and when it is or was delivered. */
export interface ChatMessage extends Omit<LinqMessage, 'deliveredAt'> {
  readonly deliveredAt: number
  readonly idempotencyKey?: string | undefined
}

/** How long a chat stays active after a message, in ms (Linq's guide: five minutes). */
const activeFor = 5 * 60_000

/** Makes a chat in which only its last message has happened. */
export function createChat(id: string, init: LinqChatInit, rules: ChatRules): Chat {
  const { now } = rules
  let profile: ChatProfile = {
    id,
    name: init.name ?? null,
    isGroup: init.isGroup ?? false,
    service: init.service === undefined ? 'iMessage' : init.service,
    status: init.status ?? 'active',
    health: init.health ?? 'HEALTHY',
  }
  let deliveries = init.lastMessageAt === undefined ? [now()] : [init.lastMessageAt]
  const messages: ChatMessage[] = []
  const unread = new Set<ChatMessage>()
  const bubble: BubbleFact[] = []
  const theirTyping = createTheirTyping(now)

  const readOurs = (): BubbleState => readBubble(bubble, now(), rules.lifetime)
  const isActive = () => {
    const at = now()
    return deliveries.some((delivery) => delivery !== null && delivery <= at && at - delivery <= activeFor)
  }
  const knowsTyping = () => profile.service !== 'SMS' && profile.service !== 'RCS'
  const isJoined = () => !['left', 'removed', 'deleted'].includes(profile.status)
  const reachesPhone = () => knowsTyping() && (rules.inactive === 'shown' || isActive())
  const deliver = (message: ChatMessage) => {
    messages.push(message)
    deliveries.push(message.deliveredAt)
    return message
  }
  const read = () => {
    const seen = [...unread].filter((message) => message.deliveredAt <= now())
    for (const message of seen) unread.delete(message)
    return seen
  }

  return {
    get profile() {
      return profile
    },
    get messages() {
      return messages.map(({ id, text, from, acceptedAt, deliveredAt }) => ({
        id,
        text,
        from,
        acceptedAt,
        deliveredAt: deliveredAt <= now() ? deliveredAt : null,
      }))
    },
    get timeline() {
      return readOurs().spans
    },
    theirTyping,
    get isJoined() {
      return isJoined()
    },
    get showsTyping() {
      return isJoined() && knowsTyping()
    },
    get changesAt() {
      const pending = messages.map((message) => message.deliveredAt).filter((at) => at > now())
      const ends = [readOurs().expiresAt, theirTyping.expiresAt].map((at) => at ?? Infinity)
      const soonest = Math.min(...ends, ...pending)
      return soonest === Infinity ? null : soonest
    },
    update({ lastMessageAt, ...patch }) {
      const given = Object.entries(patch).filter(([, value]) => value !== undefined)
      profile = { ...profile, ...Object.fromEntries(given) }
      if (lastMessageAt !== undefined)
        deliveries = [lastMessageAt, ...deliveries.filter((at) => at !== null && at > now())]
      if (isJoined()) return
      bubble.push({ at: now(), what: 'left' })
      theirTyping.leave()
    },
    start() {
      if (reachesPhone()) bubble.push({ at: now(), what: 'start' })
    },
    stop() {
      bubble.push({ at: now(), what: 'stop' })
    },
    send(messageId, { text, idempotencyKey }, deliveryDelay) {
      const acceptedAt = now()
      const deliveredAt = acceptedAt + Math.max(0, deliveryDelay)
      const message = deliver({ id: messageId, text, from: 'us', acceptedAt, deliveredAt, idempotencyKey })
      unread.add(message)
      bubble.push({ at: deliveredAt, what: 'message' })
      return message
    },
    receive(messageId, text) {
      const at = now()
      return deliver({ id: messageId, text, from: 'them', acceptedAt: at, deliveredAt: at })
    },
    read,
    reopen() {
      const seen = read()
      if (seen.length > 0) bubble.push({ at: now(), what: 'reopened' })
      return seen
    },
  }
}
