/**
 * Checks the address of a proxy: `/api/linq`, or another origin's.
 *
 * @throws TypeError that says what is wrong with it and what to pass.
 */
export function checkBaseUrl(baseUrl: unknown): string {
  if (baseUrl === undefined || baseUrl === null)
    throw new TypeError(
      'createHttpFetcher needs to know where to call: pass baseUrl, the address of your proxy (such as "/api/linq"), or url(chatId).',
    )
  if (typeof baseUrl !== 'string') reject(baseUrl, 'it is not a string')
  if (/[?#]/.test(baseUrl)) reject(baseUrl, 'a "?" or "#" in it would swallow the path of the call')
  if (/[\s\\]/.test(baseUrl)) reject(baseUrl, 'it contains a space, a line break or a backslash')
  const origin = /^(?:([a-z][a-z\d+.-]*):)?\/\/([^/]*)/i.exec(baseUrl)
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(baseUrl)?.[1]?.toLowerCase()
  if (scheme !== undefined && (origin === null || !/^https?$/.test(scheme)))
    reject(baseUrl, 'an address of another origin begins with https:// or http://')
  if (origin?.[2]?.includes('@') === true)
    reject(baseUrl, 'browsers refuse a user name or password in an address')
  return baseUrl
}

function reject(baseUrl: unknown, why: string): never {
  throw new TypeError(
    `createHttpFetcher can't use ${typeof baseUrl === 'string' ? JSON.stringify(baseUrl) : `a ${typeof baseUrl}`} as baseUrl: ${why}. ` +
      'Pass the address of your proxy, such as "/api/linq" or "https://api.example.com/linq".',
  )
}
