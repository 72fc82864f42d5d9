import type { TypingError } from './typingError.js'

const seconds = 1_000
const longest = 300 * seconds
const passing = [2 * seconds, 5 * seconds, 15 * seconds, 30 * seconds] as const

/** Codes of a line or a downstream that is offline: Linq asks for at least 30 s. */
const linesDown = new Set([4002, 4004])

/**
 * How long a chat waits after a passing failure, in milliseconds.
 *
 * @param failures how many came in a row, this one included.
 */
export function waitAfter(error: TypingError, failures: number): number {
  return Math.min(longest, Math.max(ownWait(error, failures), asked(error) ?? 0))
}

/** How long all chats wait after the caller was not recognised `failures` times in a row. */
export function waitUnauthorized(error: TypingError, failures: number): number {
  return Math.min(longest, Math.max(30 * seconds * 2 ** (failures - 1), asked(error) ?? 0))
}

function ownWait(error: TypingError, failures: number): number {
  const { reason, code } = error
  if (reason === 'busy') return 3 * seconds
  if (reason === 'unauthorized') return 30 * seconds
  if (reason === 'rate-limited') return asked(error) === undefined ? 30 * seconds : 0
  if (code !== undefined && linesDown.has(code)) return 30 * seconds
  return passing[Math.min(failures, passing.length) - 1] ?? passing[0]
}

/** At least a second: an answer that asks for none would be repeated with every key. A wait that is no number is none. */
function asked({ retryAfter }: TypingError): number | undefined {
  return retryAfter === undefined || Number.isNaN(retryAfter) ? undefined : Math.max(seconds, retryAfter)
}
