/** Why a typing call failed. */
export type TypingErrorReason =
  | 'invalid'
  | 'forbidden'
  | 'not-found'
  | 'gone'
  | 'unsupported'
  | 'unauthorized'
  | 'busy'
  | 'rate-limited'
  | 'server'
  | 'network'
  | 'timeout'
  | 'offline'

/** How each message begins. */
export const opening = 'Typing call failed: '

const later = 'A later edit tries again'
const messagesGoOut = 'Messages still go out'

/** What happened, what to do, and whether trying again is useless. */
const explanations: Record<TypingErrorReason, [happened: string, remedy: string, isFinal?: true]> = {
  invalid: ['the request was not understood', "Check the chat id and the fetcher's address", true],
  forbidden: ['this chat does not allow typing', messagesGoOut, true],
  'not-found': ['there is no such chat, or it is not yours', 'Check the chat id', true],
  gone: ['this chat was left or deleted', 'Check that you are still in it', true],
  unsupported: ['this chat has no typing bubble', messagesGoOut, true],
  unauthorized: ['the caller was not recognised', 'Sign in again or fix the credentials, then call reset()'],
  busy: ['the chat is not ready', later],
  'rate-limited': ['there were too many calls', later],
  server: ['the server failed', later],
  network: ['no answer came', 'Check the connection and the fetcher (see cause)'],
  timeout: ['the answer took too long', later],
  offline: ['the device is offline', later],
}

/** Whether a word is one of the reasons, as read from a proxy's answer. */
export function isTypingErrorReason(word: unknown): word is TypingErrorReason {
  return typeof word === 'string' && Object.hasOwn(explanations, word)
}

export interface TypingErrorInit {
  reason: TypingErrorReason
  status?: number | undefined
  code?: number | undefined
  traceId?: string | undefined
  /** Milliseconds. */
  retryAfter?: number | undefined
  /** Whether trying again is useless. @default what the reason says */
  isFinal?: boolean | undefined
  /** Whether only the app's developer can fix it. @default what the reason says */
  isSetupMistake?: boolean | undefined
  /** What happened and what to do, one clause each. @default what the reason says */
  explanation?: { happened: string; remedy: string } | undefined
  cause?: unknown
}

/** A typing call that failed. Its message never quotes the upstream. */
export class TypingError extends Error {
  override readonly name = 'TypingError'
  declare readonly reason: TypingErrorReason
  /** The HTTP status, if there was an answer. */
  declare readonly status: number | undefined
  /** The service's error code, if the answer had one. */
  declare readonly code: number | undefined
  /** The service's trace id, to quote to its support. */
  declare readonly traceId: string | undefined
  /** How long the answer asked to wait, in milliseconds. */
  declare readonly retryAfter: number | undefined
  /** Whether trying again is useless: no call is made in this chat until `reset()`, or until the chat is left. */
  declare readonly isFinal: boolean
  /** Whether only the app's developer can fix it. Then it is printed once in development. */
  declare readonly isSetupMistake: boolean

  constructor({ reason, status, code, traceId, retryAfter, cause, explanation, ...known }: TypingErrorInit) {
    const [happened, remedy, isFinal = false] = explanations[reason]
    const details = Object.entries({ status, code, trace: traceId })
      .filter(([, value]) => value != null)
      .map((detail) => detail.join(' '))
      .join(', ')
    super(
      `${opening}${explanation?.happened ?? happened}${details && ` (${details})`}. ` +
        `${explanation?.remedy ?? remedy}. More: react-linq-typing/docs/errors.md#${reason}`,
      cause === undefined ? undefined : { cause },
    )
    Object.assign(this, {
      reason,
      status,
      code,
      traceId,
      retryAfter,
      isFinal: known.isFinal ?? isFinal,
      isSetupMistake: known.isSetupMistake ?? reason === 'invalid',
    })
  }
}
