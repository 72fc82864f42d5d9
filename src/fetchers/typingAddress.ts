import { TypingError } from '../core/typingError.js'

/**
 * What makes any address unusable: a fragment, which cuts off the path, a scheme other than http(s), a missing host, a user
 * name (browsers refuse those), or a variable that was not set.
 */
const unusable = /#|^\[|^(?!https?:\/\/)[^/?]*:|^(https?:)?\/\/([^/?]*@|\/)|(^|\/)(undefined|null)([:/?]|$)/i

/**
 * What makes the typing address of a chat: the app's own function, or the address of a proxy.
 *
 * @throws TypeError if both are missing, or the proxy's address can't work.
 */
export function addressOf({
  url,
  baseUrl,
}: {
  url?: unknown
  baseUrl?: unknown
}): (chatId: string) => unknown {
  if (typeof url === 'function') return url as (chatId: string) => unknown
  if (url != null || baseUrl == null)
    throw new TypeError(
      'createHttpFetcher needs an address: pass baseUrl, such as "/api/linq", or a function url(chatId).',
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
