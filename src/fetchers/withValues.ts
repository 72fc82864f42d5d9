/** Leaves out headers without a value, which `fetch` would send as the text "undefined". */
export function withValues(headers: HeadersInit): HeadersInit {
  if (Symbol.iterator in headers) return headers
  return JSON.parse(JSON.stringify(headers, (_, value: unknown) => value ?? undefined)) as HeadersInit
}
