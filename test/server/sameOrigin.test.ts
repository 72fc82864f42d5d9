import { createHttpFetcher } from 'react-linq-typing'
import { describe, expect, it, vi } from 'vitest'
import { app, setUp } from './setUp.js'

const other = 'https://www.other.test'

describe('a page of the proxy’s own origin', () => {
  it.each<[string, Record<string, string>, number]>([
    ['says so', { 'Sec-Fetch-Site': 'same-origin' }, 204],
    ['says so, behind a reverse proxy', { 'Sec-Fetch-Site': 'same-origin', Origin: other }, 204],
    ['is on another site', { 'Sec-Fetch-Site': 'cross-site', Origin: other }, 403],
    ['is on the same site', { 'Sec-Fetch-Site': 'same-site', Origin: other }, 403],
    ['is nobody', { 'Sec-Fetch-Site': 'none' }, 403],
    ['contradicts itself', { 'Sec-Fetch-Site': 'cross-site', Origin: app }, 403],
    ['says nonsense', { 'Sec-Fetch-Site': 'same-origin, same-origin' }, 403],
    ['has the request’s origin, in a browser that says no more', { Origin: app }, 204],
    ['has another origin', { Origin: other }, 403],
    ['has another scheme', { Origin: app.replace('https', 'http') }, 403],
    ['has another port', { Origin: `${app}:8443` }, 403],
    ['has an origin that begins alike', { Origin: `${app}.evil.test` }, 403],
    ['has no origin', { Origin: 'null' }, 403],
    ['says nothing', {}, 403],
  ])('%s', async (_what, headers, status) => {
    const authorize = vi.fn(() => true)
    const { page, linq, chatId } = setUp({ authorize })
    const answer = await page('POST', chatId, { headers })
    expect(answer.status).toBe(status)
    expect(linq.calls).toHaveLength(status === 204 ? 1 : 0)
    expect(authorize).toHaveBeenCalledTimes(status === 204 ? 1 : 0)
    if (status === 403) expect(await answer.json()).toEqual({ error: { reason: 'server' } })
  })

  it('is let in later without a reset: no chat is taken for one that refuses typing (row 122)', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site' }
    const { page, chatId } = setUp()
    const typing = createHttpFetcher({
      baseUrl: app,
      fetch: (_url, { method = 'GET' }) => page(method, chatId, { headers }),
    })({ chatId, action: 'start', signal: new AbortController().signal, keepalive: false })
    await expect(typing).rejects.toMatchObject({ reason: 'server', status: 403, isFinal: false })
  })
})

describe('an origin of the list', () => {
  it.each<[Record<string, string>, number]>([
    [{ Origin: other }, 204],
    [{ Origin: other, 'Sec-Fetch-Site': 'cross-site' }, 204],
    [{ Origin: other, 'Sec-Fetch-Site': 'same-site' }, 204],
    [{ Origin: app }, 204],
    [{ Origin: 'https://other.test' }, 403],
    [{ Origin: 'https://other.test', 'Sec-Fetch-Site': 'cross-site' }, 403],
    [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
    [{}, 403],
  ])('%j is answered %i', async (headers, status) => {
    const { page, chatId } = setUp({ origins: [other] })
    expect((await page('POST', chatId, { headers })).status).toBe(status)
  })

  it.each(['HTTPS://WWW.Other.test', `${other}/`, `${other}:443`])('may be written %j', async (origin) => {
    const { page, chatId } = setUp({ origins: [origin] })
    expect((await page('POST', chatId, { headers: { Origin: other } })).status).toBe(204)
  })

  it.each(['*', 'null', '', 'other.test', 'file:///x', `${other}/app`, `${other}?a`, 'https://*.other.test'])(
    '%j is none, and refused at once',
    (origin) => {
      expect(() => setUp({ origins: [origin] })).toThrow(TypeError)
      expect(() => setUp({ origins: [origin] })).toThrow(
        /cannot use ".*" in origins: .* Write a scheme and a host/,
      )
    },
  )

  it('opens nothing to other pages’ scripts: no answer has a CORS header', async () => {
    const { page, chatId } = setUp({ origins: [other] })
    for (const method of ['POST', 'OPTIONS']) {
      const answer = await page(method, chatId, { headers: { Origin: other } })
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })
})

describe('the server’s log', () => {
  const logOf = async (headers: Record<string, string>) => {
    const onError = vi.fn<(error: unknown) => void>()
    const { page, chatId } = setUp({ onError })
    await page('POST', chatId, { headers })
    return onError.mock.calls.map(([error]) => (error as Error).message)
  }

  it('says which page was refused, and where to let it in', async () => {
    const [line, ...more] = await logOf({ Origin: other, 'Sec-Fetch-Site': 'cross-site' })
    expect(line).toContain(`A page of "${other}" was refused by the typing proxy at ${app}`)
    expect(line).toContain('add its origin to origins of createTypingProxy')
    expect(more).toEqual([])
  })

  it.each(['null', 'file://', 'nonsense'])(
    'tells nobody to let %j in, which is no origin',
    async (origin) => {
      const [line] = await logOf({ Origin: origin, 'Sec-Fetch-Site': 'cross-site' })
      expect(line).toContain(`A page of "${origin}" was refused`)
      expect(line).not.toContain('add its origin')
    },
  )

  it('says that there may be a list of origins, too, that lacks the page’s', async () => {
    const onError = vi.fn<(error: unknown) => void>()
    const { page, chatId } = setUp({ onError, origins: [other] })
    await page('POST', chatId, { headers: { Origin: 'https://third.test' } })
    const { message } = onError.mock.calls[0]![0] as Error
    expect(message).toContain('answers pages of its own origin, and of those in origins, alone')
  })

  it('says that headers are missing, where something before the server drops them', async () => {
    const [line] = await logOf({})
    expect(line).toContain('A caller that names no origin was refused')
    expect(line).toContain('must pass the headers Origin and Sec-Fetch-Site on')
  })

  it('shows no colours of a caller’s choice on a terminal', async () => {
    const [line] = await logOf({ Origin: '\u001b[31m\u009b31mhacked' })
    expect(line).toContain('\\u001b[31m\\u009b31mhacked')
    expect(line).toMatch(/^[ -~]+$/)
  })

  it('is silent about a page that is let in', async () => {
    expect(await logOf({ 'Sec-Fetch-Site': 'same-origin' })).toEqual([])
  })
})
