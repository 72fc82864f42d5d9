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

interface Explanation {
  isFinal: boolean
  happened: string
  remedy: string
}

const explanations: Record<TypingErrorReason, Explanation> = {
  invalid: {
    isFinal: true,
    happened: 'the request was not understood',
    remedy: 'Check the chat id: Linq takes the UUID of a chat',
  },
  forbidden: {
    isFinal: true,
    happened: 'this chat does not allow typing',
    remedy: 'Messages still go out; nothing more is announced here until reset()',
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
    remedy: 'Messages still go out; nothing more is announced here until reset()',
  },
  unauthorized: {
    isFinal: false,
    happened: 'the caller was not recognised',
    remedy: 'Sign in again, or check the credentials that the fetcher sends; then reset()',
  },
  busy: {
    isFinal: false,
    happened: 'the chat is not ready yet',
    remedy: 'Nothing to do: the next edit tries again in a few seconds',
  },
  'rate-limited': {
    isFinal: false,
    happened: 'too many calls were made',
    remedy: 'Nothing to do: the next edit after the wait tries again',
  },
  server: {
    isFinal: false,
    happened: 'the server failed',
    remedy: 'Nothing to do: the next edit after a short wait tries again',
  },
  network: {
    isFinal: false,
    happened: 'no answer came',
    remedy:
      'Check the connection and the fetcher (its cause has the details); the next edit after a short wait tries again',
  },
  timeout: {
    isFinal: false,
    happened: 'the answer took too long',
    remedy: 'Nothing to do: the next edit after a short wait tries again',
  },
  offline: {
    isFinal: false,
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
  retryAfter?: number | undefined
  cause?: unknown
}

/** A typing call that failed. Its message never quotes the upstream. */
export class TypingError extends Error {
  override readonly name = 'TypingError'
  readonly reason: TypingErrorReason
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined
  /** Linq's error code, where the answer had one. */
  readonly code: number | undefined
  /** Linq's trace id, for its support. */
  readonly traceId: string | undefined
  /** How long the answer asked to wait, in milliseconds. */
  readonly retryAfter: number | undefined
  /** Whether asking again is useless: no call is made in this chat until `reset()`, or until the chat is left. */
  readonly isFinal: boolean

  constructor({ reason, status, code, traceId, retryAfter, cause }: TypingErrorInit) {
    const { happened, remedy, isFinal } = explanations[reason]
    const details = [
      status !== undefined && `status ${status}`,
      code !== undefined && `code ${code}`,
      traceId !== undefined && `trace ${traceId}`,
    ].filter((detail) => detail !== false)
    super(
      `Typing call failed: ${happened}${details.length > 0 ? ` (${details.join(', ')})` : ''}. ${remedy}. ` +
        `More: https://github.com/react-linq-typing/react-linq-typing/blob/main/docs/errors.md#${reason}`,
      cause === undefined ? undefined : { cause },
    )
    this.reason = reason
    this.status = status
    this.code = code
    this.traceId = traceId
    this.retryAfter = retryAfter
    this.isFinal = isFinal
  }
}

const conflicts: Record<number, TypingErrorReason> = {
  2013: 'gone',
  2016: 'unsupported',
  2017: 'unsupported',
}

const refusals: Record<number, TypingErrorReason> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  410: 'gone',
  429: 'rate-limited',
}

/** What an HTTP answer means for typing: by its status first, by Linq's code second. */
export function reasonOf(status: number, code?: number): TypingErrorReason {
  if (status === 409) return conflicts[code ?? 0] ?? 'busy'
  return refusals[status] ?? (status >= 400 && status < 500 ? 'invalid' : 'server')
}

/** Wraps whatever a fetcher threw. A number in its `status` is read as an HTTP status; without one no answer came. */
export function toTypingError(thrown: unknown): TypingError {
  if (thrown instanceof TypingError) return thrown
  try {
    return new TypingError({ ...read(thrown), cause: thrown })
  } catch {
    return new TypingError({ reason: 'network', cause: thrown })
  }
}

function read(thrown: unknown): TypingErrorInit {
  const { name, status, code, traceId, retryAfter, reason } = (
    typeof thrown === 'object' && thrown !== null ? thrown : {}
  ) as Record<string, unknown>
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined)
  // Another copy of this package has another class.
  const isOurs = name === 'TypingError' && isTypingErrorReason(reason)
  const answered = typeof status === 'number' && status >= 300 ? status : undefined
  if (answered === undefined && !isOurs) return { reason: name === 'TimeoutError' ? 'timeout' : 'network' }
  return {
    reason: isOurs ? reason : reasonOf(answered ?? 0, number(code)),
    status: answered,
    code: number(code),
    traceId: typeof traceId === 'string' ? traceId : undefined,
    retryAfter: number(retryAfter),
  }
}
