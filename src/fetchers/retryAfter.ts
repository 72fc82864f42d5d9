/**
 * Reads how long an answer asks to wait, in milliseconds: from its `Retry-After` header (seconds or a date), else from the
 * seconds in its body. Rounded up, finite, never negative; `undefined` if unreadable.
 */
export function readRetryAfter(header: string | null | undefined, body?: unknown): number | undefined {
  return readWait(header) ?? readWait(body)
}

/** If several layers on the way set the header, it holds all their values, and the largest counts. */
function readWait(value: unknown): number | undefined {
  const seconds =
    typeof value === 'string' && /\S/.test(value)
      ? // A date has a comma of its own.
        Math.max(...value.split(/,(?!\s*\d+[ -][a-z])/i).map(readSeconds))
      : value
  return isAmount(seconds) ? Math.min(Math.ceil(seconds * 1_000), 1e15) : undefined
}

/** Whether a value is a finite number, and not negative. */
export function isAmount(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) >= 0
}

/** How a date ends. One of the forms of RFC 9110 has no zone: `Sun Nov  6 08:49:37 1994`. */
const dateEnd = /:\d\d[.\d]* ?([a-z]+|[+-][\d:]+|\d{4})$/i

function readSeconds(value: string): number {
  const text = value.trim()
  // Date.parse accepts far more as a date, and reads one without a zone as local time.
  if (!dateEnd.test(text)) return Number(text)
  return Math.max(0, Math.ceil((Date.parse(text.replace(/ \d{4}$/, '$& GMT')) - Date.now()) / 1_000))
}
