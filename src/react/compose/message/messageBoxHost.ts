/** What comes with the text of a message. */
export interface SendContext {
  /** The chat that it is for, or `null` if the box had none. */
  readonly chatId: string | null
}

/**
 * Sends a message. Throwing, rejecting, or giving a response whose `ok` is false and whose `status` is 400 or more means
 * that it was not sent; everything else means that it was.
 */
export type OnSend = (text: string, context: SendContext) => unknown

/** What comes with the text of a message that was not sent. */
export interface SendFailedContext extends SendContext {
  /** What `onSend` threw, what it rejected with, or the response that refused the message. */
  readonly error: unknown
}

/** Receives a text that was not sent and can't go back into its box, because someone typed on or it shows another chat. */
export type OnSendFailed = (text: string, context: SendFailedContext) => void

/** Called for every failed send, wherever its text goes. */
export type OnSendError = (error: unknown, text: string) => void

/** What a message box reads when it needs it. */
export interface MessageBoxHost {
  readonly chatId: string | null | undefined
  readonly isNote: boolean
  readonly onSend: OnSend
  readonly onSendFailed?: OnSendFailed | null | undefined
  readonly onSendError?: OnSendError | null | undefined
  readonly onValueChange?: ((text: string) => void) | null | undefined
  /** The text, if the host keeps it. Then there are no drafts. */
  readonly value?: string | null | undefined
  readonly maxLength?: number | null | undefined
  readonly countText?: ((text: string) => number) | null | undefined
  /** Whether someone may write and send. */
  isEditable: () => boolean
  /** Counts an edit that left this text. */
  typed: (text: string) => void
  /** Says that the message left. */
  sent: (sending: PromiseLike<unknown>) => void
}
