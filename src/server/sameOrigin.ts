/**
 * Makes a function that checks whether a request comes from a page of its own origin, or of an allowed one.
 *
 * @throws TypeError if an allowed origin isn't an origin.
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

/** The error for a server's log when a request is refused for its origin. */
export function originError({ headers, url }: Request): Error {
  const origin = headers.get('origin')
  const caller = origin === null ? 'A caller that names no origin' : `A page of ${quote(origin)}`
  const hint =
    origin === null
      ? 'Browsers name it: whatever stands in front of this server must pass the headers Origin and Sec-Fetch-Site on.'
      : read(origin) === null
        ? 'That is not the origin of a site (files and sandboxed frames have none), so it cannot be let in.'
        : 'If the page is your own, add its origin to origins of createTypingProxy; if it is not, there is nothing to do.'
  return new Error(
    `${caller} was refused by the typing proxy at ${new URL(url).origin}, which answers pages of its own origin, and of those in origins, alone: its typing shows no bubble. ${hint}`,
  )
}

/** A caller's words, with an escape for every character that could act on a terminal or a log. */
function quote(words: string): string {
  return JSON.stringify(words).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function read(origin: string): string | null {
  const exact = URL.canParse(origin) && !origin.includes('*') ? new URL(origin) : null
  return exact?.href === `${exact?.origin}/` ? exact.origin : null
}

function normalize(origin: string): string {
  const exact = read(origin)
  if (exact !== null) return exact
  throw new TypeError(
    `createTypingProxy cannot use ${JSON.stringify(origin)} in origins: it is not a single origin, so no page's origin would ever match it. Write a scheme and a host, such as "https://app.example.com".`,
  )
}
