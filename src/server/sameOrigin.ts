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

/** What a server's log is told of a request that was refused for its origin. */
export function originError({ headers, url }: Request): Error {
  const origin = headers.get('origin')
  const caller = origin === null ? 'A caller that names no origin' : `A page of ${JSON.stringify(origin)}`
  const hint =
    origin === null
      ? 'A browser names it: whatever stands before this server must pass the headers Origin and Sec-Fetch-Site on.'
      : 'If the page is your own, add its origin to origins of createTypingProxy; if it is not, there is nothing to do.'
  return new Error(
    `${caller} was refused by the typing proxy at ${new URL(url).origin}, which answers pages of its own origin alone: no bubble is shown for the people there. ${hint}`,
  )
}

function normalize(origin: string): string {
  const exact = URL.canParse(origin) && !origin.includes('*') ? new URL(origin) : null
  if (exact?.href === `${exact?.origin}/`) return exact.origin
  throw new TypeError(
    `createTypingProxy cannot use ${JSON.stringify(origin)} in origins: it is no single origin, so no page's would ever match it. Write a scheme and a host, such as "https://app.example.com".`,
  )
}
