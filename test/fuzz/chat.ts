import type { TypingErrorReason, TypingState } from 'react-linq-typing'
import type { Moment } from './moments.js'
import { noWaits, type Waits } from './waits.js'

/** A start, by its moments and by its places in the log. */
export interface Start {
  begun: Moment
  begunIndex: number
  settled: Moment
  settledIndex: number
  /** Whether one of the messages that may have wiped it shares its window with another. */
  isShared: boolean
  /** Whether it may be read as one that did not land. */
  isArguable: boolean
  /** When the bubble that a stop would end may have begun: where it may not have landed, with the one before, too. */
  since: readonly Moment[]
}

export type Certainty = 'certain' | 'arguable' | 'doubted'

export interface Call {
  action: 'start' | 'stop'
  begun: Moment
  begunIndex: number
  /** Whether its chat had been left for as long as an obligation lasts. */
  isLast: boolean
  /** Whether a message that may have wiped its bubble shares its window with another. */
  isShared: boolean
  /** What remains certain of its bubble, once it is accepted: a message's window may end meanwhile. */
  certainty: Certainty
}

/** A message of one's own, on its way. */
export interface Message {
  id: number
  sent: Moment
  index: number
  /** The last edit of its input, where that was still composing. */
  edited: Moment | null
  /** When it was accepted. */
  accepted: Moment | null
}

export interface Input {
  edited: Moment
  editIndex: number
  /** Whether nothing but time ends its composing. */
  isLive: boolean
  /** Whether a clock that was set ahead, if only for a while, may have ended it. */
  isDoubtful: boolean
  /** Whether the page was told of time that its timers had not counted, and found it over. */
  isOver: boolean
}

/** Messages that a feed told of, and that are taken for those of others: for certain, or by one reading. */
export interface ToldMessage {
  /** When the last of them was told, and when the first was whose windows overlap. */
  told: Moment
  first: Moment
  isSure: boolean
  /** Whether it is one alone, and may be one of one's own of which the app has said nothing yet. */
  mayBeOwn: boolean
}

/** A correction that is due at a moment by the page's timers. */
export interface PutOff {
  due: Moment
  isSure: boolean
}

/** What is known of a chat, from outside, at one place in the log. */
export interface Chat {
  inputs: Map<number, Input>
  members: Set<number>
  /** When the first input came. */
  joinedAt: number
  /** When the last input left. */
  left: Moment | null
  call: Call | null
  lastStart: { begun: Moment; index: number } | null
  /** The last start that was accepted, until a stop is or a message clears it. */
  on: Start | null
  certainty: Certainty
  /** The last start that landed or may have. */
  possible: Start | null
  /** One that a message cleared, as is assumed. */
  cleared: Start | null
  /** The place in the log of a `stop()` that asked for a stop, until one is accepted; else null. */
  forcedIndex: number | null
  messages: Message[]
  /** A window ended: when the one start by timer is due, and whether it must come. */
  corrections: { due: Moment; isOwed: boolean }[]
  /** Messages of others that may still arrive. */
  others: ToldMessage[]
  /** Their corrections that are still to come, once the one before is old enough, for certain or by one reading. */
  putOff: PutOff[]
  /** When the earlier ones were due, or may have been; `isLate` while no timer has found them so. */
  corrected: { due: Moment; isSure: boolean; isLate: boolean }[]
  /** When one's own messages left of which no feed has told, for certain or by one reading. */
  untold: { id: number; sent: Moment; isSure: boolean }[]
  /** How many stops were tried since the page had news. */
  stops: number
  /** How many of them were tried before the page was back from an absence of which nobody told it. */
  stopsBefore: number
  /** Whether a stop was tried since the provider went: what is owed then is sent once. */
  isTriedClosed: boolean
  /** When nobody owed a stop any more for a bubble that may be on: the chat was left, and what could be tried had been. */
  givenUp: number[]
  starting: Waits
  stopping: Waits
  isFinal: boolean
  /** Whether a final refusal came since the last start that landed. */
  wasFinal: boolean
  /** What the last error may be. */
  errors: (TypingErrorReason | null)[]
  /** When there was an edit, or a call was over: a start may follow in the same instant. */
  drivenAt: number
  told: TypingState
  toldAt: Moment | null
}

export const createChat = (): Chat => ({
  inputs: new Map(),
  members: new Set(),
  joinedAt: 0,
  left: null,
  call: null,
  lastStart: null,
  on: null,
  certainty: 'certain',
  possible: null,
  cleared: null,
  forcedIndex: null,
  messages: [],
  corrections: [],
  others: [],
  putOff: [],
  corrected: [],
  untold: [],
  stops: 0,
  stopsBefore: 0,
  isTriedClosed: false,
  givenUp: [],
  starting: noWaits(),
  stopping: noWaits(),
  isFinal: false,
  wasFinal: false,
  errors: [null],
  drivenAt: -1,
  told: { status: 'idle', error: null, isTyping: false, retryAt: null },
  toldAt: null,
})
