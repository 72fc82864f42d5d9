import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readPage, setUp } from './setUpStream.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const minute = 60_000

describe('a stream', () => {
  it('says every 8 s that it is alive', async () => {
    const { open } = setUp()
    const page = await open()
    await page.news()
    const begin = page.text()
    await vi.advanceTimersByTimeAsync(7_999)
    expect(page.text()).toBe(begin)
    await vi.advanceTimersByTimeAsync(1)
    expect(page.text()).toBe(`${begin}:\n\n`)
    await vi.advanceTimersByTimeAsync(16_000)
    expect(page.text()).toBe(`${begin}${':\n\n'.repeat(3)}`)
  })

  it('ends within ten minutes, not all at once, so that each page is identified anew', async () => {
    const onEvent = vi.fn<(event: { type: string; why?: string; duration?: number }) => void>()
    const { open } = setUp({ onEvent })
    const pages = []
    for (let i = 0; i < 50; i++) pages.push(await open({ 'X-Actor': `agent ${i}` }))
    await vi.advanceTimersByTimeAsync(8 * minute + 51_000)
    expect(pages.map(({ end }) => end())).toEqual(pages.map(() => undefined))
    await vi.advanceTimersByTimeAsync(30_000)
    const early = pages.filter(({ end }) => end() === 'done').length
    expect(early).toBeGreaterThan(0)
    expect(early).toBeLessThan(50)
    await vi.advanceTimersByTimeAsync(39_000)
    expect(pages.map(({ end }) => end())).toEqual(pages.map(() => 'done'))
    const ends = onEvent.mock.calls.map(([event]) => event).filter(({ type }) => type === 'stream-closed')
    expect(ends).toHaveLength(50)
    expect(new Set(ends.map(({ why }) => why))).toEqual(new Set(['time']))
    expect(Math.max(...ends.map(({ duration = 0 }) => duration))).toBeLessThanOrEqual(10 * minute)
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each(['cancels it', 'aborts the request', 'does both'])(
    'of a page that %s is closed once, and leaves nothing behind',
    async (way) => {
      const onEvent = vi.fn()
      const leaving = new AbortController()
      const { open, agentTypes } = setUp({ onEvent })
      const page = await open({}, { signal: leaving.signal })
      await vi.advanceTimersByTimeAsync(1_500)
      if (way !== 'aborts the request') await page.leave()
      if (way !== 'cancels it') leaving.abort()
      await agentTypes('a', 'ada')
      expect(onEvent.mock.calls).toEqual([
        [{ type: 'stream-opened', actor: 'me' }],
        [{ type: 'stream-closed', actor: 'me', why: 'left', duration: 1_500 }],
      ])
      expect(vi.getTimerCount()).toBe(0)
    },
  )

  it('that closes while a verdict and a snapshot are due leaves no timer', async () => {
    const { open, agentTypes } = setUp({ maySee: () => new Promise<boolean>(() => {}) })
    await agentTypes('a', 'ada')
    const page = await open()
    await vi.advanceTimersByTimeAsync(0)
    await page.leave()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('of a page that does not read is cut off at 64 kB, and what waits for it is let go', async () => {
    const onEvent = vi.fn()
    const { get, recipientTypes } = setUp({ onEvent })
    const answer = await get()
    const reading = await setUpReader(answer)
    let events = 0
    while (onEvent.mock.calls.length < 2 && events++ < 2_000) await recipientTypes('a', 'x'.repeat(900))
    // A thousand characters or so each.
    expect(events).toBeGreaterThan(60)
    expect(events).toBeLessThan(70)
    expect(onEvent).toHaveBeenLastCalledWith(expect.objectContaining({ type: 'stream-closed', why: 'slow' }))
    await expect(reading.read()).rejects.toThrow('cut off')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('of a page that reads late gets all of it, in order', async () => {
    const { get, agentTypes } = setUp()
    const answer = await get()
    for (let i = 0; i < 100; i++) await agentTypes(`chat ${i}`, 'ada')
    await vi.advanceTimersByTimeAsync(0)
    const page = readPage(answer)
    for (let i = 100; i < 200; i++) await agentTypes(`chat ${i}`, 'ada')
    await vi.advanceTimersByTimeAsync(0)
    const told = page.events.flatMap((event) =>
      event.type === 'snapshot'
        ? event.typing.map(({ chatId }) => chatId)
        : 'chatId' in event && event.chatId,
    )
    expect(told).toEqual(Array.from({ length: 200 }, (_, i) => `chat ${i}`))
    await page.leave()
  })
})

describe('a person', () => {
  it('has twenty streams: another one ends the oldest, which comes back late', async () => {
    const onEvent = vi.fn()
    const { open } = setUp({ onEvent })
    const pages = []
    for (let i = 0; i < 20; i++) pages.push(await open())
    const mate = await open({ 'X-Actor': 'mate' })
    const elsewhere = await open({ 'X-Tenant': 'elsewhere' })
    await vi.advanceTimersByTimeAsync(0)
    expect([...pages, mate, elsewhere].map(({ end }) => end())).toEqual(Array(22).fill(undefined))
    pages.push(await open())
    await vi.advanceTimersByTimeAsync(0)
    expect(pages.map(({ end }) => end())).toEqual(['done', ...Array<undefined>(20).fill(undefined)])
    expect(pages[0]!.text()).toMatch(/retry: 30000\n\n$/)
    expect(onEvent).toHaveBeenCalledWith(
      expect.objectContaining({ type: 'stream-closed', why: 'replaced', actor: 'me' }),
    )
    expect([mate, elsewhere].map(({ end }) => end())).toEqual([undefined, undefined])
    // One that leaves makes room.
    await pages[1]!.leave()
    pages.push(await open())
    await vi.advanceTimersByTimeAsync(0)
    expect(pages[2]!.end()).toBeUndefined()
  })
})

/** Takes the reader, and reads nothing. */
async function setUpReader({ body }: Response) {
  await vi.advanceTimersByTimeAsync(0)
  return body!.getReader()
}
