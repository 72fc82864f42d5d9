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
  const caller = origin === null ? 'A caller that names no origin' : `A page of ${quote(origin)}`
  const hint =
    origin === null
      ? 'A browser names it: whatever stands before this server must pass the headers Origin and Sec-Fetch-Site on.'
      : read(origin) === null
        ? 'That is no origin of a site (a file and a sandboxed frame have none), so it cannot be let in.'
        : 'If the page is your own, add its origin to origins of createTypingProxy; if it is not, there is nothing to do.'
  return new Error(
    `${caller} was refused by the typing proxy at ${new URL(url).origin}, which answers pages of its own origin, and of those in origins, alone: no bubble is shown for the people there. ${hint}`,
  )
}

/** A caller's words, in characters that no terminal and no log takes for anything else. */
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
    `createTypingProxy cannot use ${JSON.stringify(origin)} in origins: it is no single origin, so no page's would ever match it. Write a scheme and a host, such as "https://app.example.com".`,
  )
}
