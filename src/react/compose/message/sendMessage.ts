import { isRefused } from '../../../core/sending.js'
import { runSafely } from '../../../core/runSafely.js'
import { printOnce } from '../../development.js'
import type { OnSendError } from './messageBoxHost.js'

export interface Sending {
  /** Sends the message. It failed if this throws, rejects, or gives a response that refuses it. */
  send: () => unknown
  /** Runs before the message is sent: sending it may close the box. */
  onLeave: (sending: Promise<unknown>) => void
  onSent: () => void
  /** Runs at once if `send` throws, and once more when the promise has settled. */
  onFailed: (error: unknown) => void
}

export function sendMessage({ send, onLeave, onSent, onFailed }: Sending): void {
  let resolve!: (value: unknown) => void
  let reject!: (error: unknown) => void
  // Awaited only once: a thenable may send again each time.
  const sending = new Promise((yes, no) => {
    resolve = yes
    reject = no
  }).then((value) => {
    if (isRefused(value)) throw value as Error
    return value
  })
  void sending.then(onSent, onFailed)
  try {
    onLeave(sending)
  } finally {
    // A listener that throws must not block the send.
    try {
      resolve(send())
    } catch (error) {
      reject(error)
      onFailed(error)
    }
  }
}

/** Tells the host of a failed send. If nobody listens, development prints each error once. */
export function tellOfFailure(
  onSendError: OnSendError | null | undefined,
  error: unknown,
  text: string,
): void {
  runSafely(() => {
    if (onSendError != null) onSendError(error, text)
    else if (process.env.NODE_ENV !== 'production')
      printOnce(
        `onSend failed, so a message was not sent: ${wordsOf(error)}. Its text is back in the box, waits beside it, or went to onSendFailed. ` +
          'Pass onSendError={(error, text) => …} to handle failed sends yourself, also in production.',
        error,
      )
  })
}

function wordsOf(error: unknown): string {
  if (isRefused(error)) return `it answered with status ${(error as { status: number }).status}`
  try {
    return String(error)
  } catch {
    return 'its error has no text'
  }
}

/** How much of a lost message is quoted, in UTF-16 code units. */
const longest = 200

/** Throws an uncaught error for a message that was not sent and that no box can take back. */
export function throwLost(text: string, cause: unknown): void {
  const quoted = text.length > longest ? `${text.slice(0, longest)}…` : text
  runSafely(() => {
    throw new Error(
      `A message was not sent, and no message box is left to take it back: “${quoted}”. ` +
        'Keep <TypingProvider> above your chats, with no key that changes with them, or pass onSendFailed to get such messages.',
      { cause },
    )
  })
}
