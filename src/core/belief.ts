import type { Moment, Now } from './clock.js'
import type { TypingPolicy } from './policy.js'
import type { TypingError } from './typingError.js'

/** A start, with the ticks of the session at which it was sent and at which it settled. */
export interface SettledStart {
  sentAt: Moment
  sentTick: number
  settledTick: number
}

/** What the answers so far say of the recipient's bubble: off, on since a start, or unknown. */
export interface Belief {
  /** The last start was accepted; its bubble is unknown when a message may have wiped it. */
  accepted: (start: SettledStart, isCertain: boolean) => void
  /** A start got no answer: it may have landed. */
  suspected: (start: SettledStart) => void
  /** Whether it is on is no longer known. */
  doubted: () => void
  off: () => void
  /** Whether the bubble can be relied on. */
  isOn: () => boolean
  /** Whether a start was accepted whose lifetime has not run out. */
  isAccepted: () => boolean
  /** Whether there may be a bubble left to end. */
  mayBeOn: () => boolean
  /** How old the last accepted start is, in milliseconds. */
  age: () => number
  /** When its last start was sent and settled, in ticks of the session. */
  sentTick: () => number
  settledTick: () => number
}

export function createBelief(now: Now, policy: () => TypingPolicy): Belief {
  let acceptedAt: Moment | null = null
  let latestAt: Moment | null = null
  let isCertain = false
  let sentTick = 0
  let settledTick = 0

  const landed = (start: SettledStart) => {
    latestAt = now.moment()
    sentTick = start.sentTick
    settledTick = start.settledTick
  }
  const age = () => (acceptedAt === null ? Infinity : now.relianceAge(acceptedAt))
  const isAccepted = () => age() < policy().minLifetime

  return {
    accepted(start, certain) {
      landed(start)
      acceptedAt = start.sentAt
      isCertain = certain
    },
    suspected(start) {
      landed(start)
      isCertain = false
    },
    doubted() {
      isCertain = false
    },
    off() {
      acceptedAt = latestAt = null
      isCertain = false
    },
    isOn: () => isCertain && isAccepted(),
    isAccepted,
    mayBeOn: () => latestAt !== null && now.residueAge(latestAt) < policy().maxLifetime,
    age,
    sentTick: () => sentTick,
    settledTick: () => settledTick,
  }
}

/** Whether a failed call may have been carried out all the same: nobody who knows answered. */
export function mayHaveLanded({ reason, status }: TypingError): boolean {
  return reason === 'network' || reason === 'timeout' || status === 504
}
