import { isRefusedSend } from '../../../core/isRefusedSend.js'
import { report } from '../../../core/report.js'
import { printOnce } from '../../development.js'
import type { OnSendError } from './messageBoxHost.js'

/** Tells the host of a failed send; where it does not listen, development prints each error once. */
export function tellOfFailure(
  onSendError: OnSendError | null | undefined,
  error: unknown,
  text: string,
): void {
  report(() => {
    if (onSendError != null) onSendError(error, text)
    else if (process.env.NODE_ENV !== 'production')
      printOnce(
        `onSend failed, so a message was not sent: ${wordsOf(error)}. Its text went back to the box, or to onSendFailed. ` +
          'Pass onSendError={(error, text) => …} to hear of failed sends yourself, also in production.',
        error,
      )
  })
}

function wordsOf(error: unknown): string {
  return isRefusedSend(error)
    ? `it answered with status ${(error as { status: number }).status}`
    : String(error)
}
