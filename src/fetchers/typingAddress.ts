import { TypingError } from '../core/typingError.js'

/**
 * Characters that cut off the path, a scheme other than http(s), no host where one belongs, a user name, which browsers
 * refuse, or a variable that was not set.
 */
const unusable =
  /[?#\s\\]|^(?!https?:\/\/)[a-z][a-z\d+.-]*:|^(https?:)?\/\/([^/]*@|\/|$)|^(undefined|null)(\/|$)/i

/**
 * Makes the typing address of a chat from the address of a proxy.
 *
 * @throws TypeError if the proxy's address is missing or can't work.
 */
export function addressUnder(baseUrl: unknown): (chatId: string) => string {
  if (baseUrl == null)
    throw new TypeError(
      'createHttpFetcher needs to know where to call: pass baseUrl, such as "/api/linq", or url(chatId).',
    )
  if (typeof baseUrl !== 'string' || unusable.test(baseUrl) || !isAddress(baseUrl))
    throw new TypeError(
      `createHttpFetcher can't use ${JSON.stringify(baseUrl)} as baseUrl: it is neither a path nor an http(s) address, lacks a host, or has a "?", "#", space, backslash or user name in it. ` +
        'Pass the address of your proxy, such as "/api/linq".',
    )
  const base = baseUrl.replace(/\/+$/, '')
  return (chatId) => `${base}/v3/chats/${segment(chatId)}/typing`
}

/** Whether a browser can read it: `https://[` and a port of 99999 it can't. */
function isAddress(baseUrl: string): boolean {
  try {
    new URL(baseUrl, 'https://any.example')
    return true
  } catch {
    return false
  }
}

/** Escapes an id. Dots alone would walk up the path even so, and half a surrogate pair can't be escaped. */
function segment(chatId: string): string {
  if (/^\.*$|\p{Cs}/u.test(chatId)) throw new TypingError({ reason: 'invalid' })
  return encodeURIComponent(chatId)
}
