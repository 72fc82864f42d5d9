/**
 * How long an answer asks to wait, in milliseconds: its `Retry-After` header (seconds, or a date), else the seconds
 * in its body. Rounded up; what can't be read counts as absent.
 */
export function readRetryAfter(header: string | null | undefined, body: unknown): number | undefined {
  return fromSeconds(header) ?? fromDate(header) ?? fromSeconds(body)
}

function fromSeconds(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0
    ? Math.ceil(seconds * 1_000)
    : undefined
}

function fromDate(value: string | null | undefined): number | undefined {
  // Date.parse takes many things for a date; an HTTP date names its day and its zone.
  if (value == null || !/^[A-Za-z]{3,9},.*GMT$/.test(value.trim())) return undefined
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1_000) * 1_000)
}
