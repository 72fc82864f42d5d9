import type { OnSend, SendContext } from './outgoing.js'

/** What is told of a message that was not sent, beside its text. */
export interface SendFailedContext extends SendContext {
  /** What `onSend` threw, what it rejected with, or the response that refused the message. */
  readonly error: unknown
}

/** Takes a text that was not sent and can't go back into its box: someone typed on there, or it shows another chat. */
export type OnSendFailed = (text: string, context: SendFailedContext) => void

/** Told of every failed send, wherever its text goes. */
export type OnSendError = (error: unknown, text: string) => void

/** What a message box reads when it needs it. */
export interface MessageBoxHost {
  chatId: string | null | undefined
  isNote: boolean
  onSend: OnSend
  onSendFailed?: OnSendFailed | null | undefined
  onSendError?: OnSendError | null | undefined
  onValueChange?: ((text: string) => void) | null | undefined
  /** The text, where the host keeps it; then there are no drafts. */
  value?: string | null | undefined
  maxLength?: number | null | undefined
  countText?: ((text: string) => number) | null | undefined
  /** Whether someone may write and send. */
  isEditable: () => boolean
  /** Counts an edit that left this text. */
  typed: (text: string) => void
  /** Says that the message left. */
  sent: (sending: PromiseLike<unknown>) => void
}
