import type { TypingError } from '../core/typingError.js'
import type { FailurePolicy } from '../core/typingService.js'
import { codes } from './codes.js'
import { toRefusal } from './refusal.js'

const seconds = 1_000
const longestWait = 300 * seconds

/** The waits after the first, second and third failure in a row. Every later one takes the long wait. */
const firstWaits = [2 * seconds, 5 * seconds, 15 * seconds]
const longWait = 30 * seconds

/** What failures mean at Linq, and how long each holds back the next call. */
export const linqFailures: FailurePolicy = {
  readRefusal: toRefusal,
  waitAfter(error, failures) {
    const minWait = codes[error.code ?? 0]?.minWait ?? 0
    return Math.min(longestWait, Math.max(ownWait(error, failures), minWait, askedWait(error) ?? 0))
  },
  waitForNetwork: 2 * seconds,
}

/** How long we wait by ourselves, whatever the answer asks for. */
function ownWait(error: TypingError, failures: number): number {
  const { status, isSetupMistake } = error
  switch (error.reason) {
    case 'busy':
      return 3 * seconds
    case 'rate-limited':
      return askedWait(error) === undefined ? longWait : 0
    // A 5xx, a web page or an unlisted 4xx. The proxy answers most of them with 502: don't tell them apart by status.
    case 'server': {
      const isUnknownRefusal = status !== undefined && status >= 400 && status < 500
      return isUnknownRefusal || isSetupMistake ? longWait : nthWait(failures)
    }
    case 'network':
    case 'timeout':
    case 'offline':
      return nthWait(failures)
    // A refusal that isn't final (a gateway's), and a caller who is not recognised.
    default:
      return longWait * 2 ** (failures - 1)
  }
}

function nthWait(failures: number): number {
  return firstWaits[failures - 1] ?? longWait
}

/** What the answer asks for: at least a second, or 0 would repeat the call with every key. A wait that is no number is none. */
function askedWait({ retryAfter }: TypingError): number | undefined {
  return typeof retryAfter !== 'number' || Number.isNaN(retryAfter)
    ? undefined
    : Math.max(seconds, retryAfter)
}
