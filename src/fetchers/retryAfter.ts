/**
 * Reads how long an answer asks to wait, in milliseconds: from its `Retry-After` header (seconds or a date), else from the
 * seconds in its body. Rounded up, finite, never negative; `undefined` if unreadable.
 */
export function readRetryAfter(header: string | null | undefined, body?: unknown): number | undefined {
  return fromSeconds(header) ?? fromDate(header) ?? fromSeconds(body)
}

/** Reads seconds. If several layers on the way set the header, it holds all their values, and the largest counts. */
function fromSeconds(value: unknown): number | undefined {
  const seconds =
    typeof value === 'string' && value.trim() !== '' ? Math.max(...value.split(',').map(Number)) : value
  return isAmount(seconds) ? Math.min(Math.ceil(seconds * 1_000), Number.MAX_SAFE_INTEGER) : undefined
}

/** Whether a value is a finite number, and not negative. */
export function isAmount(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) >= 0
}

/** The date of RFC 9110 and its two older forms, one of which has no zone: `Sun Nov  6 08:49:37 1994`. */
const httpDate = /^[a-z]{3,9},? .+ \d\d:\d\d:\d\d (GMT|\d{4})$/i

function fromDate(value: string | null | undefined): number | undefined {
  const text = value?.trim() ?? ''
  // Date.parse accepts far more as a date, and reads one without a zone as local time.
  const date = httpDate.test(text) ? Date.parse(text.replace(/\d{4}$/, '$& GMT')) : NaN
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1_000) * 1_000)
}
