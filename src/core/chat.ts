import type { Moment } from './clock.js'
import type { TypingError } from './typingError.js'
import type { TypingRequest } from './typingFetcher.js'

/** What is known of one chat. `rules.ts` says what follows from it, `outcome.ts` what changes it. */
export interface Chat {
  readonly inputs: Set<Input>
  /** When its last input left. */
  leftAt: Moment
  readonly bubble: Bubble
  /** The call that is on its way. */
  call: Call | null
  /** The messages that may yet arrive, where each clears the bubble. */
  messages: Message[]
  /** How many of its calls failed in a row. */
  failures: number
  /** How long the next start has to wait for the one before, which failed. */
  startWait: Wait | null
  /** How long the next stop has to: each of several that failed asks for a time of its own. */
  stopWaits: readonly Wait[]
  /** The last failure, until a success or a reset. */
  error: TypingError | null
  /** Whether typing was refused for good. */
  isRefused: boolean
  /** How many stops may still be tried for the present bubble. */
  stopsLeft: number
  /** The tick at which the host asked for the bubble to end, even where a message is about to clear it, or should have. */
  stopForcedTick: number
  /** Whether a message may just have cleared the bubble of somebody who goes on composing. */
  owesCorrection: boolean
}

/** One place where someone writes in the chat. */
export interface Input {
  /** Its last edit; `null` once it was emptied, sent, disabled, hidden or left. */
  editedAt: Moment | null
  /** Whether that edit may need a start, and no pass has looked at it yet. */
  isAsking: boolean
  /** Told once of each new failure in the chat. */
  readonly onError?: ((error: TypingError) => void) | undefined
}

/** What the answers so far say of the recipient's bubble. */
export interface Bubble {
  /** `cleared`: a message ended it, as is assumed and not known. */
  belief: 'off' | 'on' | 'unknown' | 'cleared'
  /** When the last accepted start was sent, by the clocks and in ticks. */
  acceptedAt: Moment | null
  acceptedTick: number
  /** When the last start that may have landed was answered, or given up; `null` while the bubble is off. */
  landedAt: Moment | null
  /** The tick at which that start was sent. */
  sentTick: number
  /** The tick at which it was answered; `Infinity` if it never was. */
  settledTick: number
}

export interface Call {
  readonly action: TypingRequest['action']
  readonly sentAt: Moment
  readonly tick: number
  /** Whether a message may have cleared its bubble before its answer came. */
  isWiped: boolean
}

export interface Message {
  /** The tick at which it was sent. */
  readonly tick: number
  readonly sentAt: Moment
  /** The last edit of the input that it came from. */
  readonly editedAt: Moment
  /** When its sending succeeded; it arrives within the delivery window of that. */
  acceptedAt: Moment | null
}

/** How long calls are held back by one that failed. */
export interface Wait {
  readonly since: Moment
  /** Milliseconds. */
  readonly duration: number
  readonly reason: TypingError['reason']
}

/** After its first failure a stop is tried once more. */
export const stopTries = 2

export function createChat(now: Moment): Chat {
  return {
    inputs: new Set(),
    leftAt: now,
    bubble: { belief: 'off', acceptedAt: null, acceptedTick: 0, landedAt: null, sentTick: 0, settledTick: 0 },
    call: null,
    messages: [],
    failures: 0,
    startWait: null,
    stopWaits: [],
    error: null,
    isRefused: false,
    stopsLeft: stopTries,
    stopForcedTick: 0,
    owesCorrection: false,
  }
}
