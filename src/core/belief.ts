import type { Moment, Now } from './clock.js'
import type { TypingPolicy } from './policy.js'
import type { TypingError } from './typingError.js'

/** A start, with the ticks of the session at which it was sent and at which it settled. */
export interface SettledStart {
  sentAt: Moment
  sentTick: number
  settledTick: number
  /** Whether a message may have wiped its bubble before the answer came. */
  isWiped: boolean
}

/** What the answers so far say of the recipient's bubble: off, on since a start, or unknown. */
export interface Belief {
  /** A start was accepted, or failed: then it may have landed all the same. */
  started: (start: SettledStart, error: TypingError | null) => void
  stopped: (error: TypingError | null) => void
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

  const age = () => (acceptedAt === null ? Infinity : now.relianceAge(acceptedAt))
  const isAccepted = () => age() < policy().minLifetime
  const doubted = () => {
    isCertain = false
  }
  const off = () => {
    acceptedAt = latestAt = null
    doubted()
  }

  return {
    started(start, error) {
      if (error !== null && !mayHaveLanded(error)) return
      latestAt = now.moment()
      sentTick = start.sentTick
      settledTick = start.settledTick
      if (error === null) acceptedAt = start.sentAt
      isCertain = error === null && !start.isWiped
    },
    stopped(error) {
      if (error === null) off()
      else if (mayHaveLanded(error)) doubted()
    },
    doubted,
    off,
    isOn: () => isCertain && isAccepted(),
    isAccepted,
    mayBeOn: () => latestAt !== null && now.residueAge(latestAt) < policy().maxLifetime,
    age,
    sentTick: () => sentTick,
    settledTick: () => settledTick,
  }
}

/** Whether a failed call may have been carried out all the same: nobody who knows answered. */
function mayHaveLanded({ reason, status }: TypingError): boolean {
  return reason === 'network' || reason === 'timeout' || status === 504
}
