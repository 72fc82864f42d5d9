/** What is known of a message box, save its text. */
export interface MessageBoxState {
  /** Whether there is nothing to send. */
  readonly isBlank: boolean
  /** Whether a message of this chat is on its way. */
  readonly isSending: boolean
  /** Whether the text is longer than it may be. */
  readonly isOverLimit: boolean
  /** How many characters are left, below zero when there are too many; `null` while the limit is far. */
  readonly remaining: number | null
  /** Whether a message of this chat was not sent, until another is, or nothing is left of it. */
  readonly isFailed: boolean
  /** Why it was not sent. */
  readonly sendError: unknown
  /** Whether such a message waits to be put back. */
  readonly hasUnsent: boolean
}

/** Nothing written, nothing on its way, nothing wrong. */
export const atRest: MessageBoxState = {
  isBlank: true,
  isSending: false,
  isOverLimit: false,
  remaining: null,
  isFailed: false,
  sendError: undefined,
  hasUnsent: false,
}
