import type { BubbleSpan, LinqCall, LinqMessage } from 'react-linq-typing/testing'

/** A call as the timeline draws it. */
export type RecipientCall = Pick<
  LinqCall,
  'id' | 'action' | 'sentAt' | 'arrivedAt' | 'answeredAt' | 'goneAt' | 'status'
>

/** What is true on the recipient's side of one chat. Every time is in milliseconds on one clock. */
export interface RecipientTruth {
  /** Whose phone it is. */
  readonly name: string
  /** Whether the typing bubble is on their screen. */
  readonly sees: boolean
  readonly messages: readonly LinqMessage[]
  readonly spans: readonly BubbleSpan[]
  readonly calls: readonly RecipientCall[]
  /** When our side pressed keys. */
  readonly keys: readonly number[]
  readonly now: number
  /** How long a start keeps the bubble on, where that is known. */
  readonly lifetime?: number | undefined
}

/** When a bubble that is on goes off by itself; null where none is on, or its lifetime is not known. */
export function readExpiry({ sees, calls, lifetime }: RecipientTruth): number | null {
  const accepted = calls.filter(
    ({ action, arrivedAt, status }) => action === 'start' && arrivedAt !== null && (status ?? 500) < 300,
  )
  const last = accepted.at(-1)?.arrivedAt ?? null
  return sees && lifetime !== undefined && last !== null ? last + lifetime : null
}
