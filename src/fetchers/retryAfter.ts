/**
 * Reads how long an answer asks to wait, in milliseconds: from its `Retry-After` header (seconds or a date), else from the
 * seconds in its body. Rounded up, finite, never negative; `undefined` if unreadable.
 */
export function readRetryAfter(
  headers: Partial<Pick<Headers, 'get'>> | undefined,
  body?: unknown,
): number | undefined {
  // A device's clock may be wrong; the answer's own date is by the clock that a date in Retry-After is by.
  const now = readDate(headers?.get?.('date') ?? '') || Date.now()
  return readWait(headers?.get?.('retry-after'), now) ?? readWait(body, now)
}

/** If several layers on the way set the header, it holds all their values, and the largest counts. */
function readWait(value: unknown, now: number): number | undefined {
  const seconds =
    typeof value === 'string' && /\S/.test(value)
      ? // A date has a comma of its own.
        Math.max(...value.split(/,(?!\s*\d+[ -][a-z])/i).map((text) => readSeconds(text.trim(), now)))
      : value
  return isAmount(seconds) ? Math.min(Math.ceil(seconds * 1_000), 1e15) : undefined
}

/** Whether a value is a finite number, and not negative. */
export function isAmount(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) >= 0
}

function readSeconds(text: string, now: number): number {
  const date = readDate(text)
  return Number.isNaN(date) ? Number(text) : Math.max(0, Math.ceil((date - now) / 1_000))
}

/** How a date ends. One of the forms of RFC 9110 has no zone: `Sun Nov  6 08:49:37 1994`. */
const dateEnd = /:\d\d[.\d]* ?([a-z]+|[+-][\d:]+|\d{4})$/i

/** A date in milliseconds, or NaN. */
function readDate(text: string): number {
  // Date.parse accepts far more as a date, and reads one without a zone as local time.
  return dateEnd.test(text) ? Date.parse(text.replace(/ \d{4}$/, '$& GMT')) : NaN
}
