import type { TypingErrorReason } from '../core/typingError.js'

interface CodeMeaning {
  /** What the code means, instead of what its status means. */
  readonly reason?: TypingErrorReason
  /** The only status for which `reason` applies. @default any */
  readonly status?: number
  /** The shortest wait before the next call, in milliseconds. */
  readonly minWait?: number
}

/** What Linq's codes mean. A code that isn't here means what its status means. */
export const codes: Readonly<Record<number, CodeMeaning>> = {
  // The token is missing or wrong: nothing is said about the chat.
  2004: { reason: 'unauthorized' },
  2013: { status: 409, reason: 'gone' },
  2016: { status: 409, reason: 'unsupported' },
  2017: { status: 409, reason: 'unsupported' },
  // A line, or something behind it, is down: Linq asks for at least 30 s.
  4002: { minWait: 30_000 },
  4004: { minWait: 30_000 },
}
