import { TypingError } from '../core/typingError.js'

/** What swallows the path of a call, a scheme other than http, and a user name, which browsers refuse. */
const unusable = /[?#\s\\]|^(?!https?:\/\/)[a-z][a-z\d+.-]*:|^(https?:)?\/\/[^/]*@/i

/**
 * Addresses a chat's typing under the address of a proxy: `/api/linq`, or another origin's.
 *
 * @throws TypeError if there is no address, or one that can't work.
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

/** One segment of a path. Dots alone would walk up the path even when escaped; half a surrogate pair can't be. */
function segment(chatId: string): string {
  if (/^\.*$|\p{Cs}/u.test(chatId)) throw new TypingError({ reason: 'invalid' })
  return encodeURIComponent(chatId)
}
