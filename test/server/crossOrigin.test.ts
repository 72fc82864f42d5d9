import { describe, expect, it, vi } from 'vitest'
import { setUp } from './setUp.js'

const other = 'https://www.other.test'
const from = (origin: string, more: Record<string, string> = {}) => ({
  headers: { Origin: origin, 'Sec-Fetch-Site': 'cross-site', ...more },
})
const asking = (method: string, headers = 'authorization, x-csrf') =>
  from(other, { 'Access-Control-Request-Method': method, 'Access-Control-Request-Headers': headers })

const corsOf = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')))

describe('a page of another origin that is let in (row 121)', () => {
  it('starts and stops, and may read each answer, also with its credentials', async () => {
    const { page, linq, chatId } = setUp({ allowedOrigins: [other] })
    for (const method of ['POST', 'DELETE']) {
      const answer = await page(method, chatId, from(other))
      expect(answer.status).toBe(204)
      expect(corsOf(answer)).toMatchObject({
        'access-control-allow-origin': other,
        'access-control-allow-credentials': 'true',
      })
    }
    expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'stop'])
  })

  it.each(['POST', 'DELETE'])(
    'gets its preflight for %s answered before `authorize` is asked',
    async (method) => {
      const authorize = vi.fn(() => true)
      const { page, linq, chatId } = setUp({ allowedOrigins: [other], authorize })
      const answer = await page('OPTIONS', chatId, asking(method))
      expect(answer.status).toBe(204)
      expect(corsOf(answer)).toEqual({
        'access-control-allow-origin': other,
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'POST, DELETE',
        'access-control-allow-headers': 'authorization, x-csrf',
        'access-control-expose-headers': 'Retry-After',
        'access-control-max-age': '7200',
      })
      expect(authorize).not.toHaveBeenCalled()
      expect(linq.calls).toEqual([])
    },
  )

  it('reads why its call failed', async () => {
    const { page, chatId } = setUp({ allowedOrigins: [other], authorize: () => false })
    for (const [method, id] of [
      ['POST', chatId],
      ['PUT', chatId],
      ['POST', 'chat-1'],
    ] as const)
      expect(corsOf(await page(method, id, from(other)))).toHaveProperty('access-control-allow-origin', other)
  })

  it('may be let in by a function, which is asked with its origin', async () => {
    const allowedOrigins = vi.fn((origin: string) => origin.endsWith('.other.test'))
    const { page, chatId } = setUp({ allowedOrigins })
    expect((await page('POST', chatId, from(other))).status).toBe(204)
    expect((await page('POST', chatId, from('https://evil.test'))).status).toBe(403)
    expect(allowedOrigins.mock.calls.map(([origin]) => origin)).toEqual([other, 'https://evil.test'])
  })

  it.each(['capacitor://localhost', 'tauri://localhost', 'chrome-extension://abcdef'])(
    'may be the shell of an app: %s, in a list or by a function (row 121)',
    async (shell) => {
      for (const allowedOrigins of [[shell], (origin: string) => origin === shell]) {
        const { page, chatId } = setUp({ allowedOrigins })
        expect((await page('POST', chatId, from(shell))).status).toBe(204)
        expect((await page('POST', chatId, from(`${shell}.evil`))).status).toBe(403)
      }
    },
  )

  it.each([1, 'yes', Promise.resolve(true), {}])('is not let in by %j', async (verdict) => {
    const { page, chatId } = setUp({ allowedOrigins: () => verdict as boolean })
    expect((await page('POST', chatId, from(other))).status).toBe(403)
  })

  it('is not let in by a promise that fails, and nobody hears of it', async () => {
    const heard = vi.fn()
    process.on('unhandledRejection', heard)
    const { page, chatId } = setUp({ allowedOrigins: () => Promise.reject(new Error('db')) as never })
    expect((await page('POST', chatId, from(other))).status).toBe(403)
    await new Promise(setImmediate)
    process.off('unhandledRejection', heard)
    expect(heard).not.toHaveBeenCalled()
  })

  it.each(['null', 'file://', 'https://other.test/path', 'nonsense'])(
    'is never %j, whatever a function says',
    async (origin) => {
      const { page, chatId } = setUp({ allowedOrigins: () => true })
      expect((await page('POST', chatId, from(origin))).status).toBe(403)
    },
  )
})

describe('a page of another origin that is not let in', () => {
  it.each(['POST', 'DELETE', 'OPTIONS'])('gets no CORS headers after %s', async (method) => {
    const { page, chatId, linq } = setUp({ allowedOrigins: [other] })
    const headers = { Origin: 'https://evil.test', 'Access-Control-Request-Method': 'DELETE' }
    const answer = await page(method, chatId, { headers })
    expect(answer.status).toBe(403)
    expect(corsOf(answer)).toEqual({})
    expect(linq.calls).toEqual([])
  })
})

it('every answer varies by origin, so that no cache mixes them up (row 121)', async () => {
  const { page, chatId } = setUp({ allowedOrigins: [other] })
  const answers = [
    await page('POST'),
    await page('DELETE', chatId, from(other)),
    await page('OPTIONS', chatId, asking('POST')),
    await page('POST', chatId, from('https://evil.test')),
    await page('GET'),
    await page('POST', 'chat-1'),
  ]
  for (const { headers } of answers) expect(headers.get('vary')).toMatch(/^Origin\b/)
})
