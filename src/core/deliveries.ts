import type { Moment, Now } from './clock.js'
import type { TypingPolicy } from './policy.js'

/** A message on its way to the recipient, where it clears the bubble. */
export interface Delivery {
  /** The tick of the session at which it was sent. */
  readonly tick: number
  /** The last edit of the input that it came from. */
  readonly editedAt: Moment
  /** When its sending succeeded: its delivery comes within the delivery window of that. */
  acceptedAt: Moment | null
}

/** The messages of a chat that may still clear the bubble. */
export interface Deliveries {
  /** A message left; without a promise it is taken for accepted. */
  sent: (tick: number, editedAt: Moment, sending?: PromiseLike<unknown>) => void
  /** Takes out the messages whose window is over, all together when the last window closes. */
  takeDelivered: () => readonly Delivery[]
  /** Whether a message that is on its way will clear the bubble of a start sent at this tick. */
  clears: (sentTick: number) => boolean
  /** Whether a stop would only take away the bubble before the message that clears it comes. */
  withholdsStop: (sentTick: number) => boolean
  /** Whether any message may still clear a bubble. */
  isOpen: () => boolean
  /** Withholds stops no longer. */
  release: () => void
  /** Milliseconds until one of the answers above changes by itself. */
  nextChange: () => number
}

const none: readonly Delivery[] = []

/** @param onSettled a sending succeeded or failed. */
export function createDeliveries(now: Now, policy: () => TypingPolicy, onSettled: () => void): Deliveries {
  let open: Delivery[] = []
  let isReleased = false

  const remaining = ({ acceptedAt, editedAt }: Delivery) =>
    acceptedAt === null
      ? policy().idleTimeout - now.relianceAge(editedAt)
      : policy().deliveryWindow - now.relianceAge(acceptedAt)
  const isOver = (delivery: Delivery) => delivery.acceptedAt !== null && remaining(delivery) <= 0
  const isDelivering = (delivery: Delivery) => delivery.acceptedAt !== null && remaining(delivery) > 0

  return {
    sent(tick, editedAt, sending) {
      const delivery: Delivery = { tick, editedAt, acceptedAt: null }
      open.push(delivery)
      isReleased = false
      const accept = () => {
        delivery.acceptedAt = now.moment()
      }
      const fail = () => {
        open = open.filter((other) => other !== delivery)
      }
      const settle = (outcome: () => void) => () => {
        now.read()
        outcome()
        onSettled()
      }
      if (sending === undefined) accept()
      else void Promise.resolve(sending).then(settle(accept), settle(fail))
    },
    takeDelivered() {
      if (!open.some(isOver) || open.some(isDelivering)) return none
      const delivered = open.filter(isOver)
      open = open.filter((delivery) => !isOver(delivery))
      return delivered
    },
    clears: (sentTick) => open.some((delivery) => sentTick < delivery.tick),
    withholdsStop: (sentTick) =>
      !isReleased &&
      open.some(
        (delivery) => sentTick < delivery.tick && (delivery.acceptedAt !== null || remaining(delivery) > 0),
      ),
    isOpen: () => open.length > 0,
    release() {
      isReleased = true
    },
    nextChange: () =>
      open.reduce((soonest, delivery) => {
        const left = remaining(delivery)
        return left > 0 ? Math.min(soonest, left) : soonest
      }, Infinity),
  }
}
