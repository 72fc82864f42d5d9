import { isRefusedSend } from '../../../core/isRefusedSend.js'
import { keyOf, type Place } from './place.js'

/** What is told of a message beside its text. */
export interface SendContext {
  /** The chat that it is for, or `null` where the box had none. */
  readonly chatId: string | null
}

/**
 * Sends a message. Throwing, rejecting, or giving a response whose `ok` is false and whose `status` is 400 or more means
 * that it was not sent; everything else means that it was.
 */
export type OnSend = (text: string, context: SendContext) => unknown

/** The messages of a box that are on their way, and the last of each place that was not sent. */
export interface Outgoing<From extends Place> {
  send: (text: string, from: From) => void
  isSending: (key: string) => boolean
  /** Why a message of the place was not sent, until another is. */
  failure: (key: string) => { readonly error: unknown } | null
  failed: (key: string, error: unknown) => void
  forget: (key: string) => void
  /** The text that was not sent went to another place, and so does its failure. */
  moveFailure: (from: string, to: string) => void
  /** Tells where what left a place without a chat belongs. */
  assign: (chat: Pick<Place, 'chatId' | 'drafts'>) => void
}

interface OutgoingHost<From> {
  onSend: OnSend
  /** Says that a message left, before it does: sending it may close the box. */
  sent: (sending: PromiseLike<unknown>) => void
  notSent: (from: From, text: string, error: unknown) => void
  /** One was sent, or was not. */
  onSettled: () => void
}

export function createOutgoing<From extends Place>(host: () => OutgoingHost<From>): Outgoing<From> {
  const sending = new Set<{ from: From }>()
  const failures = new Map<string, { readonly error: unknown }>()

  function moveFailure(from: string, to: string): void {
    const failure = failures.get(from)
    failures.delete(from)
    if (failure !== undefined) failures.set(to, failure)
  }

  return {
    send(text, from) {
      const { onSend, sent, notSent, onSettled } = host()
      const mine = { from }
      const before = failures.get(keyOf(from))
      let isTold = false
      // One promise for all who wait: something that is only like a promise may run whenever it is awaited.
      const { promise: answer, resolve, reject } = deferred()
      const promise = answer.then((value) => (isRefusedSend(value) ? Promise.reject(value as Error) : value))
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
        () =>
          settle(() => {
            const key = keyOf(mine.from)
            // One that failed after this one left is still not sent.
            if (failures.get(key) === before) failures.delete(key)
          }),
        (error: unknown) => settle(() => isTold || notSent(mine.from, text, error)),
      )
      try {
        sent(promise)
      } finally {
        // Who is told of it and throws keeps back no message.
        try {
          resolve(onSend(text, { chatId: from.chatId === '' ? null : from.chatId }))
        } catch (error) {
          isTold = true
          reject(error)
          notSent(mine.from, text, error)
        }
      }
    },
    isSending: (key) => [...sending].some(({ from }) => keyOf(from) === key),
    failure: (key) => failures.get(key) ?? null,
    failed: (key, error) => failures.set(key, { error }),
    forget: (key) => failures.delete(key),
    moveFailure,
    assign(chat) {
      for (const message of sending)
        if (message.from.chatId === '') message.from = { ...message.from, ...chat }
      for (const isNote of [false, true])
        moveFailure(keyOf({ chatId: '', isNote }), keyOf({ chatId: chat.chatId, isNote }))
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
