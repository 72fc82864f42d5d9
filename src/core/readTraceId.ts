/** A trace id, if a value looks like one: our messages quote it. */
export function readTraceId(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined
}
