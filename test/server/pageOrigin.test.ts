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
    ['has another scheme, which ended before the server', { Origin: app.replace('https', 'http') }, 204],
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

  it.each<[string, Record<string, string>, string, number]>([
    ['TLS ends before the server', { Host: 'app.test' }, 'http://10.0.0.7:3000', 204],
    ['the default port is named', { Host: 'app.test:443' }, 'http://10.0.0.7:3000', 204],
    ['the host is in capitals', { Host: 'App.Test' }, 'http://10.0.0.7:3000', 204],
    ['the server has another host name, and nobody says so', { Host: '10.0.0.7:3000' }, app, 403],
    [
      'another host is forwarded, which is not trusted',
      { Host: '10.0.0.7', 'X-Forwarded-Host': 'app.test' },
      app,
      403,
    ],
    ['the host is more than a host', { Host: 'x@app.test' }, app, 403],
    ['the host ends early', { Host: 'app.test/x' }, app, 403],
  ])(
    'without Sec-Fetch-Site, where %s, is told by its host (row 122)',
    async (_where, headers, url, status) => {
      const { proxy, chatId } = setUp()
      const request = new Request(`${url}/v3/chats/${chatId}/typing`, {
        method: 'POST',
        headers: { ...headers, Origin: app },
      })
      expect((await proxy(request)).status).toBe(status)
    },
  )

  it.each([
    ['app.test', 204],
    ['app.test, 10.0.0.8', 204],
    ['', 403],
    ['evil.test', 403],
  ])('is told by a forwarded host that is trusted: %j (row 122)', async (forwarded, status) => {
    const { page, chatId } = setUp({ trustForwardedHost: true })
    const headers = { Host: '10.0.0.7:3000', 'X-Forwarded-Host': forwarded, Origin: app }
    expect((await page('POST', chatId, { headers })).status).toBe(status)
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
    const { page, chatId } = setUp({ allowedOrigins: [other] })
    expect((await page('POST', chatId, { headers })).status).toBe(status)
  })

  it.each(['HTTPS://WWW.Other.test', `${other}/`, `${other}:443`])('may be written %j', async (origin) => {
    const { page, chatId } = setUp({ allowedOrigins: [origin] })
    expect((await page('POST', chatId, { headers: { Origin: other } })).status).toBe(204)
  })

  it.each(['*', 'null', '', 'other.test', 'file:///x', `${other}/app`, `${other}?a`, 'https://*.other.test'])(
    '%j is none, and refused at once',
    (origin) => {
      expect(() => setUp({ allowedOrigins: [origin] })).toThrow(TypeError)
      expect(() => setUp({ allowedOrigins: [origin] })).toThrow(
        /can't use ".*" in allowedOrigins: .* Write a scheme and a host/,
      )
    },
  )
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
    expect(line).toContain(`A page of "${other}" was refused by the typing proxy:`)
    expect(line).toContain('or add the origin to allowedOrigins')
    expect(more).toEqual([])
  })

  it.each(['null', 'file://', 'nonsense'])(
    'tells nobody to let %j in, which is no origin',
    async (origin) => {
      const [line] = await logOf({ Origin: origin, 'Sec-Fetch-Site': 'cross-site' })
      expect(line).toContain(`A page of "${origin}" was refused`)
      expect(line).not.toContain('allowedOrigins')
    },
  )

  it('says that headers are missing, where something before the server drops them', async () => {
    const [line] = await logOf({})
    expect(line).toContain('A caller that names no origin was refused')
    expect(line).toContain('must pass on the headers Host, Origin and Sec-Fetch-Site')
  })

  it('shows no colours of a caller’s choice on a terminal', async () => {
    const [line] = await logOf({ Origin: '\u001b[31m\u009b31mhacked' })
    expect(line).toContain('\\u001b[31m\\u009b31mhacked')
    expect(line).toMatch(/^[ -~]+$/)
  })

  it('is silent about a page that is let in', async () => {
    expect(await logOf({ 'Sec-Fetch-Site': 'same-origin' })).toEqual([])
  })

  it('quotes no more than a hundred characters of an origin (row 127)', async () => {
    const [line] = await logOf({
      Origin: `https://${'x'.repeat(84_000)}.test`,
      'Sec-Fetch-Site': 'cross-site',
    })
    expect(line!.length).toBeLessThan(500)
  })

  it('names an origin once a minute, and how often it came (row 127)', async () => {
    vi.useFakeTimers()
    const onError = vi.fn<(error: unknown) => void>()
    const onEvent = vi.fn()
    const { page, chatId } = setUp({ onError, onEvent })
    const headers = { Origin: other, 'Sec-Fetch-Site': 'cross-site' }
    for (let i = 0; i < 1_000; i++) await page('POST', chatId, { headers })
    expect(onError).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(60_000)
    await page('POST', chatId, { headers })
    vi.useRealTimers()
    expect(onError.mock.calls.map(([error]) => (error as Error).message)).toEqual([
      expect.stringContaining('was refused by the typing proxy:'),
      expect.stringContaining('was refused by the typing proxy 1000 times'),
    ])
    const refused = { type: 'refused', why: 'origin', origin: other }
    expect(onEvent.mock.calls).toEqual([[{ ...refused, count: 1 }], [{ ...refused, count: 1_000 }]])
  })
})
