import { TypingError } from '../core/typingError.js'

/** Characters that cut off the path, a scheme other than http(s), or a user name, which browsers refuse. */
const unusable = /[?#\s\\]|^(?!https?:\/\/)[a-z][a-z\d+.-]*:|^(https?:)?\/\/[^/]*@/i

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
  if (typeof baseUrl !== 'string' || unusable.test(baseUrl))
    throw new TypeError(
      `createHttpFetcher can't use ${JSON.stringify(baseUrl)} as baseUrl: it is no path and no http(s) address, or has a "?", "#", space, backslash or user name in it. ` +
        'Pass the address of your proxy, such as "/api/linq".',
    )
  const base = baseUrl.replace(/\/+$/, '')
  return (chatId) => `${base}/v3/chats/${segment(chatId)}/typing`
}

/** Escapes an id. Dots alone would walk up the path even so, and half a surrogate pair can't be escaped. */
function segment(chatId: string): string {
  if (/^\.*$|\p{Cs}/u.test(chatId)) throw new TypingError({ reason: 'invalid' })
  return encodeURIComponent(chatId)
}
