import { readClock } from '../core/clock.js'

/** How long a message that has left may still be on its way to the recipient, in milliseconds. */
const patience = 5_000

type Sending = PromiseLike<unknown> | undefined

/** Messages that leave before their chat has an id. They belong to the chat that gets one, and clear a bubble there. */
export interface EarlySends {
  sent: (sending?: Sending) => void
  /** Takes those that may still be on their way. */
  take: () => Sending[]
}

export function createEarlySends(): EarlySends {
  let sends: { sending: Sending; leftAt: number }[] = []
  const onTheirWay = () => sends.filter(({ leftAt }) => readClock().monotonic - leftAt < patience)
  return {
    sent(sending) {
      const send = { sending, leftAt: Infinity }
      sends = [...onTheirWay(), send]
      const leave = () => void (send.leftAt = readClock().monotonic)
      void Promise.resolve(sending).then(leave, leave)
    },
    take() {
      const taken = onTheirWay().map(({ sending }) => sending)
      sends = []
      return taken
    },
  }
}
