import { createHttpFetcher, type TypingError } from 'react-linq-typing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 9, 21, 7, 28), toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

async function waitFrom(header: string, date?: string): Promise<number | undefined> {
  const headers = { 'Retry-After': header, ...(date !== undefined && { Date: date }) }
  const answer = new Response(null, { status: 429, headers })
  const fetcher = createHttpFetcher({ baseUrl: '/api/linq', fetch: () => Promise.resolve(answer) })
  const { signal } = new AbortController()
  const failing = fetcher({ chatId: 'chat-1', action: 'start', signal, keepalive: false })
  const { retryAfter } = (await failing.catch((error: unknown) => error)) as TypingError
  return retryAfter
}

it.each([
  ['1e306', 8_640_000_000_000_000],
  ['1e400', undefined],
  ['Infinity', undefined],
  ['-5', undefined],
  ['1.5', 1_500],
  ['2, 3', 3_000],
  ['2, soon', undefined],
  ['Sun Nov  6 08:49:37 1994', 0],
  ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
  ['Fri Dec 31 23:59:59 2100', Infinity],
])('Retry-After: %s is read as a finite wait, never negative (row 134)', async (header, wait) => {
  const retryAfter = await waitFrom(header)
  expect(retryAfter === undefined || (Number.isFinite(retryAfter) && retryAfter >= 0)).toBe(true)
  if (wait === undefined) expect(retryAfter).toBeUndefined()
  else if (wait < 10_000) expect(retryAfter).toBe(wait)
  else expect(retryAfter).toBeGreaterThan(1e12)
})

it.each([
  'Wed, 21 Oct 2026 07:30:00 GMT',
  'Wed, 21 Oct 2026 07:30:00 UTC',
  'Wed, 21 Oct 2026 07:30:00 +0000',
  'Wednesday, 21-Oct-26 07:30:00 GMT',
  'Wed Oct 21 07:30:00 2026',
  '2026-10-21T07:30:00Z',
  '2026-10-21T09:30:00.000+02:00',
  '30, Wed, 21 Oct 2026 07:30:00 GMT',
  'Wed, 21 Oct 2026 07:30:00 GMT, 30',
  'Wed, 21 Oct 2026 07:29:00 GMT, Wed, 21 Oct 2026 07:30:00 GMT',
])('Retry-After: %s is a wait until that time, the latest if there are several (row 134)', async (header) => {
  expect(await waitFrom(header)).toBe(120_000)
})

it.each(['2026-10-21T07:30:00', 'Wed, 21 Oct 2026 07:30:00', 'line 12 of 07:30:00 soon', 'Oct 21'])(
  'Retry-After: %s is unreadable: a date has a zone, or the form of RFC 9110 that has none (row 134)',
  async (header) => {
    expect(await waitFrom(header)).toBeUndefined()
  },
)

it.each([
  ['ten minutes behind', 'Wed, 21 Oct 2026 07:38:00 GMT', 'Wed, 21 Oct 2026 07:40:00 GMT', 120_000],
  ['ten minutes ahead', 'Wed, 21 Oct 2026 07:18:00 GMT', 'Wed, 21 Oct 2026 07:20:00 GMT', 120_000],
  ['right', 'Wed, 21 Oct 2026 07:28:00 GMT', 'Wed, 21 Oct 2026 07:30:00 GMT', 120_000],
  ['ahead, with a date that is past', 'Wed, 21 Oct 2026 07:18:00 GMT', 'Wed, 21 Oct 2026 07:17:00 GMT', 0],
  ['wrong, with seconds', 'Wed, 21 Oct 2026 07:18:00 GMT', '120', 120_000],
])(
  'Retry-After waits as long on a device whose clock is %s: the answer’s Date counts (row 134)',
  async (_, ...said) => {
    const [date, header, wait] = said
    expect(await waitFrom(header, date)).toBe(wait)
  },
)

it.each(['', '0', 'soon', '2026', 'line 12 of 07:30:00 soon'])(
  'Retry-After is a date by the device’s clock if the answer’s Date is unreadable: %j (row 134)',
  async (date) => {
    expect(await waitFrom('Wed, 21 Oct 2026 07:30:00 GMT', date)).toBe(120_000)
  },
)
