/** Sends a message. Returning or resolving means that it was sent, throwing or rejecting that it was not. */
export type OnSend = (text: string) => unknown

/** The messages of a box that are on their way, and the last of each chat that was not sent. */
export interface Outgoing<Place extends { readonly chatId: string }> {
  send: (text: string, from: Place) => void
  isSending: (chatId: string) => boolean
  /** Why a message of the chat was not sent, until another is. */
  failure: (chatId: string) => { readonly error: unknown } | null
  failed: (chatId: string, error: unknown) => void
  forget: (chatId: string) => void
  /** Tells where what left a place without a chat belongs. */
  assign: (place: Partial<Place> & { readonly chatId: string }) => void
}

interface OutgoingHost<Place> {
  onSend: OnSend
  /** Says that a message left, before it does: sending it may close the box. */
  sent: (sending: PromiseLike<unknown>) => void
  giveBack: (from: Place, text: string, error: unknown) => void
  /** One was sent, or was not. */
  onSettled: () => void
}

export function createOutgoing<Place extends { readonly chatId: string }>(
  host: () => OutgoingHost<Place>,
): Outgoing<Place> {
  const sending = new Set<{ from: Place }>()
  const failures = new Map<string, { readonly error: unknown }>()

  return {
    send(text, place) {
      const { onSend, sent, giveBack, onSettled } = host()
      const mine = { from: place }
      const before = failures.get(place.chatId)
      let isGivenBack = false
      // One promise for all who wait: something that is only like a promise may run whenever it is awaited.
      const { promise, resolve, reject } = deferred()
      const settle = (outcome: () => unknown) => {
        sending.delete(mine)
        try {
          outcome()
        } finally {
          onSettled()
        }
      }
      sending.add(mine)
      void promise.then(
        // One that failed after this one left is still not sent.
        () => settle(() => failures.get(mine.from.chatId) === before && failures.delete(mine.from.chatId)),
        (error: unknown) => settle(() => isGivenBack || giveBack(mine.from, text, error)),
      )
      try {
        sent(promise)
      } finally {
        // Who is told of it and throws keeps back no message.
        try {
          resolve(onSend(text))
        } catch (error) {
          isGivenBack = true
          reject(error)
          giveBack(mine.from, text, error)
        }
      }
    },
    isSending: (chatId) => [...sending].some(({ from }) => from.chatId === chatId),
    failure: (chatId) => failures.get(chatId) ?? null,
    failed: (chatId, error) => failures.set(chatId, { error }),
    forget: (chatId) => failures.delete(chatId),
    assign(place) {
      for (const message of sending)
        if (message.from.chatId === '') message.from = { ...message.from, ...place }
      const failure = failures.get('')
      failures.delete('')
      if (failure !== undefined) failures.set(place.chatId, failure)
    },
  }
}

function deferred() {
  let resolve!: (value: unknown) => void
  let reject!: (error: unknown) => void
  const promise = new Promise<unknown>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
