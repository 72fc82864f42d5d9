import { TypingError } from '../core/typingError.js'

/**
 * What makes any address unusable: a fragment, which cuts off the path, a scheme other than http(s), a missing host, a user
 * name (browsers refuse those), or a variable that was not set.
 */
const unusable = /#|^\[|^(?!https?:\/\/)[^/?]*:|^(https?:)?\/\/([^/?]*@|\/)|(^|\/)(undefined|null)([:/?]|$)/i

/**
 * Makes the typing address of a chat from the address of a proxy.
 *
 * @throws TypeError if the proxy's address is missing or can't work.
 */
export function addressUnder(baseUrl: unknown): (chatId: string) => string {
  if (baseUrl == null)
    throw new TypeError(
      'createHttpFetcher needs an address: pass baseUrl, such as "/api/linq", or url(chatId).',
    )
  if (typeof baseUrl !== 'string' || /[?\s\\]/.test(baseUrl) || !isUsable(baseUrl))
    throw new TypeError(
      `createHttpFetcher can't use ${JSON.stringify(baseUrl)} as baseUrl: it must be a path or an http(s) address, without query, "#", space or user. ` +
        'Pass the address of your proxy, such as "/api/linq".',
    )
  const base = baseUrl.replace(/\/+$/, '')
  return (chatId) => `${base}/v3/chats/${segment(chatId)}/typing`
}

/** Whether a call can go there: a browser can't parse `https://[`, say, or a port of 99999. */
export function isUsable(address: string): boolean {
  try {
    new URL(address, 'https://any')
    return !unusable.test(address)
  } catch {
    return false
  }
}

/** Escapes an id. An id of dots alone would still walk up the path, and half a surrogate pair can't be escaped. */
function segment(chatId: string): string {
  if (/^\.*$|\p{Cs}/u.test(chatId)) throw new TypingError({ reason: 'invalid' })
  return encodeURIComponent(chatId)
}
