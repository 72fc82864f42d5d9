/**
 * Makes a check whether a request comes from a page of its own origin, or of one that is allowed by name.
 *
 * @throws TypeError where an allowed origin is none.
 */
export function createOriginCheck(origins: readonly string[]): (request: Request) => boolean {
  const allowed = new Set(origins.map(normalize))

  return ({ headers, url }) => {
    const origin = headers.get('origin')
    if (origin !== null && allowed.has(origin)) return true
    const site = headers.get('sec-fetch-site')
    return site === null ? origin === new URL(url).origin : site === 'same-origin'
  }
}

function normalize(origin: string): string {
  const exact = URL.canParse(origin) && !origin.includes('*') ? new URL(origin) : null
  if (exact?.href === `${exact?.origin}/`) return exact.origin
  throw new TypeError(
    `createTypingProxy cannot use ${JSON.stringify(origin)} in origins: it is no single origin, so no page's would ever match it. Write a scheme and a host, such as "https://app.example.com".`,
  )
}
