import type { FailurePolicy } from '../core/failurePolicy.js'
import { isTypingErrorReason, TypingError } from '../core/typingError.js'
import { toRefusal } from './refusal.js'

const seconds = 1_000
const longest = 300 * seconds

/** The waits after the first, second and third failure in a row. Every later one waits `long`. */
const passing = [2 * seconds, 5 * seconds, 15 * seconds]
const long = 30 * seconds

/** Codes for a line or a downstream that is offline. Linq asks for a wait of at least 30 s. */
const linesDown = new Set([4002, 4004])

/** What failures mean at Linq, and how long each holds back the next call. */
export const linqFailures: FailurePolicy = {
  read,
  waitAfter: (error, failures) => Math.min(longest, Math.max(ownWait(error, failures), asked(error) ?? 0)),
  waitForNetwork: 2 * seconds,
}

function ownWait(error: TypingError, failures: number): number {
  const { status, code, isSetupMistake } = error
  switch (error.reason) {
    case 'busy':
      return 3 * seconds
    case 'rate-limited':
      return asked(error) === undefined ? long : 0
    case 'server': {
      const isUnknownRefusal = status !== undefined && status >= 400 && status < 500
      const isLineDown = code !== undefined && linesDown.has(code)
      return isUnknownRefusal || isLineDown || isSetupMistake ? long : inARow(failures)
    }
    case 'network':
    case 'timeout':
    case 'offline':
      return inARow(failures)
    // Refusals that nobody who knows the chat has made final, and a caller who is not recognised.
    default:
      return long * 2 ** (failures - 1)
  }
}

function inARow(failures: number): number {
  return passing[failures - 1] ?? long
}

/** At least a second: an answer that asks for none would be repeated with every key. A wait that is no number is none. */
function asked({ retryAfter }: TypingError): number | undefined {
  return typeof retryAfter !== 'number' || Number.isNaN(retryAfter)
    ? undefined
    : Math.max(seconds, retryAfter)
}

/** Wraps whatever a fetcher threw. A number in its `status` is read as an HTTP status; without one no answer came. */
function read(thrown: unknown): TypingError {
  if (thrown instanceof TypingError) return thrown
  try {
    return readFields(thrown)
  } catch {
    return new TypingError({ reason: 'network', cause: thrown })
  }
}

function readFields(thrown: unknown): TypingError {
  const fields = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Record<string, unknown>
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined)
  const { name, status, reason, traceId, isFinal } = fields
  const said = {
    code: number(fields.code),
    traceId: typeof traceId === 'string' ? traceId : undefined,
    retryAfter: number(fields.retryAfter),
    cause: thrown,
  }
  // Another copy of this package has another class.
  if (name === 'TypingError' && isTypingErrorReason(reason))
    return new TypingError({
      ...said,
      reason,
      status: number(status),
      isFinal: typeof isFinal === 'boolean' ? isFinal : undefined,
    })
  if (typeof status === 'number' && status >= 300) return toRefusal({ ...said, status })
  return new TypingError({ reason: name === 'TimeoutError' ? 'timeout' : 'network', cause: thrown })
}
