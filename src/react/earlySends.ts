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
  const sends = new Map<object, Sending>()
  return {
    sent(sending) {
      const key = {}
      sends.set(key, sending)
      const leave = () => setTimeout(() => sends.delete(key), patience)
      void Promise.resolve(sending).then(leave, leave)
    },
    take() {
      const taken = [...sends.values()]
      sends.clear()
      return taken
    },
  }
}
