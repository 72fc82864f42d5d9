import type { BubbleSpan } from 'react-linq-typing/testing'

export type Action = 'start' | 'stop'

/** From an edit until nobody could say any more that this tab composes. */
export interface Composing {
  chat: string
  tab: number
  from: number
  to: number
}

/** A request of a page, by the true time. */
export interface PageCall {
  id: number
  chat: string
  tab: number
  agent: string
  action: Action
  sentAt: number
  arrivedAt: number | null
  answeredAt: number | null
  status: number | null
  /** What the proxy rejected with. */
  thrown: string | undefined
  /** Whether its process was killed before it answered. */
  isOrphan: boolean
  /** When its page went away. */
  goneAt: number | null
}

/** A call to Linq, by the true time. */
export interface LinqCall {
  chat: string
  action: Action
  /** Whose request it is made for; none where a timer made it. */
  call: PageCall | undefined
  sentAt: number
  arrivedAt: number | null
  settledAt: number | null
  isAccepted: boolean
  /** Since when others hold leases that the store knows of. */
  others: number[]
}

export interface SentMessage {
  chat: string
  tab: number
  sentAt: number
  deliveredAt: number
  /** When the hub knew of it; Infinity where it was never told. */
  toldAt: number
}

/** Everything that was seen from outside. */
export interface HubTranscript {
  chats: readonly string[]
  composing: readonly Composing[]
  pageCalls: readonly PageCall[]
  linqCalls: readonly LinqCall[]
  messages: readonly SentMessage[]
  deaths: readonly { chat: string; tab: number; at: number }[]
  /** When commands to the store failed or came late. */
  faults: readonly number[]
  crashes: readonly number[]
  bubbles: ReadonlyMap<string, readonly BubbleSpan[]>
  end: number
  timersLeft: number
  /** What was rejected, or never settled, and should have been. */
  unsettled: readonly string[]
}
