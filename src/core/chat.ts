import type { Moment } from './clock.js'
import type { TypingError } from './typingError.js'
import type { TypingRequest } from './typingFetcher.js'

/** What is known about one chat. `rules.ts` says what follows from it, `outcome.ts` says what changes it. */
export interface Chat {
  readonly inputs: Set<Input>
  /** When its last input left. */
  leftAt: Moment
  readonly bubble: Bubble
  /** The call that is on its way. */
  call: Call | null
  /** The messages that may still arrive. Each clears the bubble when it does. */
  messages: Message[]
  /** How many of its calls failed since the last success, by their action and by what failed them. */
  failures: Partial<Record<string, number>>
  /** How long the next start has to wait because an earlier one failed. */
  startWait: Wait | null
  /** How long the next stop has to wait. Each stop that failed adds a wait of its own. */
  stopWaits: readonly Wait[]
  /** The last failure, until a success or a reset. */
  error: TypingError | null
  /** Whether typing was refused for good. */
  isRefused: boolean
  /** How many stops may still be tried for the current bubble. */
  stopsLeft: number
  /** The tick at which the host asked for the bubble to end, even if a message is about to clear it, or should have. */
  stopForcedTick: number
  /** Whether a message may just have cleared the bubble of someone who is still composing. */
  owesCorrection: boolean
  /** The messages from others that the feed reported, until their common window ends. */
  told: ToldMessages | null
  /** When the last correction of such a message was due, and when the next is, by the monotonic clock. */
  correctedAt: number
  correctionAt: number
  /** This page's own messages that the feed hasn't reported yet. */
  untold: Message[]
}

/** One place where someone writes in the chat. */
export interface Input {
  /** Its last edit; `null` once it is emptied, sent, disabled, hidden or left. */
  editedAt: Moment | null
  /** Whether that edit may need a start, and no pass has looked at it yet. */
  isAsking: boolean
  /** Called once for each new failure in the chat. */
  readonly onError?: ((error: TypingError) => void) | undefined
}

/** What the answers so far say about the recipient's bubble. */
export interface Bubble {
  /** `cleared`: a message is assumed to have ended it. */
  belief: 'off' | 'on' | 'unknown' | 'cleared'
  /** When the last accepted start was sent, by the clocks and in ticks. */
  acceptedAt: Moment | null
  acceptedTick: number
  /** When the last start that may have landed was answered or given up; `null` while the bubble is off. */
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
  /** When its sending succeeded. It arrives within the delivery window after that. */
  acceptedAt: Moment | null
}

/** Messages that the feed reported, each before the window of the one before was over. */
export interface ToldMessages {
  readonly firstAt: Moment
  readonly lastAt: Moment
  /** Whether it is one message that may be this page's own, reported before the app said so. */
  readonly mayBeOwn: boolean
}

/** How long a failed call holds back the next ones. */
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
    failures: {},
    startWait: null,
    stopWaits: [],
    error: null,
    isRefused: false,
    stopsLeft: stopTries,
    stopForcedTick: 0,
    owesCorrection: false,
    told: null,
    correctedAt: -Infinity,
    correctionAt: Infinity,
    untold: [],
  }
}
