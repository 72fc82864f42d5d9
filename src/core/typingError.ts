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

/** A final refusal is useless to repeat; a mistake in the set-up is the developer's to fix. */
interface Explanation {
  isFinal?: true
  isSetupMistake?: true
  happened: string
  remedy: string
}

const explanations: Record<TypingErrorReason, Explanation> = {
  invalid: {
    isFinal: true,
    isSetupMistake: true,
    happened: 'the request was not understood',
    remedy: 'Check the chat id and the address that the fetcher calls',
  },
  forbidden: {
    isFinal: true,
    happened: 'this chat does not allow typing',
    remedy: 'Messages still go out',
  },
  'not-found': {
    isFinal: true,
    happened: 'there is no such chat, or it is not yours',
    remedy: 'Check the chat id, and that the proxy lets this user act in the chat',
  },
  gone: {
    isFinal: true,
    happened: 'this chat was left or deleted',
    remedy: 'Nothing more is announced here until reset()',
  },
  unsupported: {
    isFinal: true,
    happened: 'this kind of chat has no typing bubble',
    remedy: 'Messages still go out',
  },
  unauthorized: {
    happened: 'the caller was not recognised',
    remedy: 'Sign in again, or check the credentials that the fetcher sends; then call reset()',
  },
  busy: {
    happened: 'the chat is not ready yet',
    remedy: 'Nothing to do: the next edit tries again in a few seconds',
  },
  'rate-limited': {
    happened: 'too many calls were made',
    remedy: 'Nothing to do: the next edit after the wait tries again',
  },
  server: {
    happened: 'the server failed',
    remedy: 'Nothing to do: the next edit after a short wait tries again',
  },
  network: {
    happened: 'no answer came',
    remedy: 'Check the connection and the fetcher (see cause); the next edit after a short wait tries again',
  },
  timeout: {
    happened: 'the answer took too long',
    remedy: 'Nothing to do: the next edit after a short wait tries again',
  },
  offline: {
    happened: 'the device is offline',
    remedy: 'Nothing to do: the next edit after reconnecting tries again',
  },
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
  /** Whether only the app's developer can mend it. @default what the reason says */
  isSetupMistake?: boolean | undefined
  /** What happened and what to do, one clause each, in place of what the reason says. */
  explanation?: { happened: string; remedy: string } | undefined
  cause?: unknown
}

/** A typing call that failed. Its message never quotes the upstream. */
export class TypingError extends Error {
  override readonly name = 'TypingError'
  readonly reason: TypingErrorReason
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined
  /** The provider's error code, where the answer had one. */
  readonly code: number | undefined
  /** The provider's trace id, for its support. */
  readonly traceId: string | undefined
  /** How long the answer asked to wait, in milliseconds. */
  readonly retryAfter: number | undefined
  /** Whether trying again is useless: no call is made in this chat until `reset()`, or until the chat is left. */
  readonly isFinal: boolean
  /** Whether only the app's developer can mend it; it is printed once in development. */
  readonly isSetupMistake: boolean

  constructor(init: TypingErrorInit) {
    const { reason, status, code, traceId, retryAfter, cause } = init
    const known = explanations[reason]
    const { happened, remedy } = init.explanation ?? known
    const details = [
      status != null && `status ${status}`,
      code != null && `code ${code}`,
      traceId != null && `trace ${traceId}`,
    ].filter(Boolean)
    super(
      `Typing call failed: ${happened}${details.length > 0 ? ` (${details.join(', ')})` : ''}. ${remedy}. ` +
        `More: react-linq-typing/docs/errors.md#${reason}`,
      cause === undefined ? undefined : { cause },
    )
    this.reason = reason
    this.status = status
    this.code = code
    this.traceId = traceId
    this.retryAfter = retryAfter
    this.isFinal = init.isFinal ?? known.isFinal ?? false
    this.isSetupMistake = init.isSetupMistake ?? known.isSetupMistake ?? false
  }
}
