/** Which pages may call, besides those of the server's own origin. */
export type AllowedOrigins = readonly string[] | ((origin: string, request: Request) => boolean)

export interface PageOriginOptions {
  /** @default only the server's own */
  allowedOrigins?: AllowedOrigins | null | undefined
  /** @default false */
  trustForwardedHost?: boolean | null | undefined
}

/** What a page calls, in the words of an error. */
export interface Callee {
  /** The function that made it. */
  readonly maker: string
  readonly name: string
  /** What a refused page goes without. */
  readonly loss: string
}

/** What a request's origin allows, and what the answer has to say about it. */
export interface PageOrigin {
  readonly isAllowed: boolean
  /** The origin of another site's page that is let in: its answers need the headers of CORS. */
  readonly crossOrigin: string | undefined
}

/**
 * Makes a function that tells whether a request comes from a page that may call.
 *
 * @param maker the function whose options these are.
 * @throws TypeError if an allowed origin isn't an origin.
 */
export function createOriginCheck(
  options: PageOriginOptions,
  maker: string,
): (request: Request) => PageOrigin {
  const allowedOrigins = options.allowedOrigins ?? []
  const trustsForwarded = options.trustForwardedHost ?? false
  if (typeof allowedOrigins !== 'function' && !Array.isArray(allowedOrigins))
    throw new TypeError(
      `${maker} can't use ${JSON.stringify(allowedOrigins)} as allowedOrigins. Pass a list, such as ["https://app.example.com"], or a function.`,
    )
  const isListed =
    typeof allowedOrigins === 'function' ? allowedOrigins : createList(allowedOrigins as string[], maker)

  return (request) => {
    const { headers, url } = request
    const origin = headers.get('origin')
    const site = headers.get('sec-fetch-site')
    const isSame =
      site === null
        ? origin !== null && isHost(origin, publicHost(headers, url, trustsForwarded))
        : site === 'same-origin'
    if (isSame) return { isAllowed: true, crossOrigin: undefined }
    const said: unknown = origin !== null && readOrigin(origin) === origin && isListed(origin, request)
    // An untyped function may return anything, and only true is a yes.
    const isAllowed = said === true
    // A promise is not a yes, and its failure concerns nobody.
    void Promise.resolve(said).catch(() => undefined)
    return { isAllowed, crossOrigin: isAllowed ? (origin ?? undefined) : undefined }
  }
}

/** The host that the browser called, as far as this server can know. */
function publicHost(headers: Headers, url: string, trustsForwarded: boolean): string | undefined {
  const forwarded = trustsForwarded ? headers.get('x-forwarded-host')?.split(',')[0]?.trim() : undefined
  const named = [forwarded, headers.get('host'), URL.canParse(url) ? new URL(url).host : undefined]
  return named.find((name) => name != null && name !== '') ?? undefined
}

/** Whether a host is that of an origin. The scheme may have ended before this server, so it is taken from the origin. */
function isHost(origin: string, host: string | undefined): boolean {
  const scheme = /^https?:\/\//i.exec(origin)?.[0]
  if (scheme === undefined || host === undefined || !URL.canParse(origin)) return false
  const here = `${scheme}${host}`
  // A `Host` that holds more than a host could name another one.
  return !/[/\\?#@]/.test(host) && URL.canParse(here) && new URL(here).host === new URL(origin).host
}

function createList(origins: readonly string[], maker: string): (origin: string) => boolean {
  const allowed = new Set(origins.map((origin) => normalize(origin, maker)))
  return (origin) => allowed.has(origin)
}

function normalize(origin: string, maker: string): string {
  const exact = readOrigin(origin)
  if (exact !== null) return exact
  throw new TypeError(
    `${maker} can't use ${JSON.stringify(origin)} in allowedOrigins: it is not a single origin, so no page's origin would ever match it. Write a scheme and a host, such as "https://app.example.com".`,
  )
}

function readOrigin(origin: string): string | null {
  const exact = URL.canParse(origin) && !origin.includes('*') ? new URL(origin) : null
  if (exact === null) return null
  if (exact.href === `${exact.origin}/`) return exact.origin
  // App shells have their own schemes: capacitor://localhost, tauri://localhost.
  const { href, protocol, host } = exact
  return host !== '' && href === `${protocol}//${host}` ? href : null
}

/** The start of a caller's text, with every character escaped that could act on a terminal or a log. */
export function printable(words: string): string {
  const shown = words.length > 100 ? `${words.slice(0, 100)}...` : words
  return shown.replace(
    /[^ !#-[\]-~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The error for a server's log when a caller is refused for its origin. */
export function originError(origin: string | null, count: number, { name, loss }: Callee): Error {
  const caller = origin === null ? 'A caller that names no origin' : `A page of "${printable(origin)}"`
  const times = count === 1 ? '' : ` ${count} times within a minute`
  const hint =
    origin === null
      ? 'Browsers name it: whatever is in front of this server must pass on the headers Host, Origin and Sec-Fetch-Site.'
      : readOrigin(origin) === null
        ? "That is not the origin of a site (files and sandboxed frames have none), so it can't be let in."
        : 'If the page is your own, make sure that the Host header reaches this server as the browser sent it (or set trustForwardedHost), or add the origin to allowedOrigins. If the page is not yours, there is nothing to do.'
  return new Error(`${caller} was refused by the ${name}${times}: ${loss}. ${hint}`)
}
