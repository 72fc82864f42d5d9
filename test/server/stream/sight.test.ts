import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hold, readPage, setUp } from './setUpStream.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a page that may see some chats', () => {
  it('hears nothing of the others', async () => {
    const maySee = vi.fn((chatId: string) => chatId === 'mine')
    const { open, agentTypes, agentStops, agentSends, recipientTypes, recipientSends } = setUp({ maySee })
    await agentTypes('mine', 'ada')
    await agentTypes('theirs', 'bob')
    const page = await open()
    expect(await page.news()).toEqual(['snapshot mine:ada'])
    await recipientTypes('theirs')
    await recipientSends('theirs')
    await agentStops('theirs', 'bob')
    await agentSends('theirs', 'bob')
    await recipientTypes('mine')
    expect(await page.news()).toEqual(['typing mine:recipient'])
    expect(page.text()).not.toContain('theirs')
  })

  it.each<[string, () => unknown]>([
    ['a truthy value', () => 1],
    ['a record', () => ({ id: 'a' })],
    ['nothing', () => undefined],
    ['a promise of a truthy value', () => Promise.resolve('yes')],
    [
      'an error',
      () => {
        throw new Error('db')
      },
    ],
    ['a failed promise', () => Promise.reject(new Error('db'))],
  ])('sees nothing by %s, and the host hears why', async (_what, answer) => {
    const onError = vi.fn()
    const { open, agentTypes } = setUp({ maySee: answer as () => boolean, onError })
    await agentTypes('a', 'ada')
    const page = await open()
    expect(await page.news()).toEqual(['snapshot'])
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(Error), expect.any(Request))
  })

  it('hears who ended by a message by nobody named, even if it has to ask about the chat again', async () => {
    const { open, store, agentTypes } = setUp({ maySee: () => Promise.resolve(true) })
    await agentTypes('a', 'ada')
    const page = await open()
    await page.news()
    await vi.advanceTimersByTimeAsync(40_000)
    await agentTypes('a', 'ada')
    await page.news()
    await vi.advanceTimersByTimeAsync(30_000)
    await store.clear({ tenant: '', chatId: 'a' }, { age: 0 })
    expect(await page.news()).toEqual(['idle a:ada', 'message a:agent'])
  })

  it('sees nothing while it is asked for ever: after 5 s that is a no, and asked again 10 s later', async () => {
    const onError = vi.fn()
    const maySee = vi.fn(() => new Promise<boolean>(() => {}))
    const { open, recipientTypes } = setUp({ maySee, onError })
    const page = await open()
    await page.news()
    await recipientTypes('a')
    await vi.advanceTimersByTimeAsync(4_999)
    await recipientTypes('a')
    expect(maySee).toHaveBeenCalledOnce()
    expect(onError).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(onError).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(9_999)
    await recipientTypes('a')
    expect(maySee).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(1)
    await recipientTypes('a')
    expect(maySee).toHaveBeenCalledTimes(2)
    expect(await page.news()).toEqual([])
  })

  it('is asked about once at a time, and then told what is so, with the messages that waited', async () => {
    const verdict = hold<boolean>()
    const maySee = vi.fn(() => verdict.promise)
    const { open, agentTypes, agentSends, recipientTypes } = setUp({ maySee })
    const page = await open()
    await page.news()
    await agentTypes('a', 'ada')
    await recipientTypes('a')
    await agentSends('a', 'ada')
    await agentTypes('a', 'bob')
    expect(await page.news()).toEqual([])
    expect(maySee).toHaveBeenCalledOnce()
    verdict.resolve(true)
    expect(await page.news()).toEqual(['message a:ada', 'typing a:recipient', 'typing a:bob'])
  })

  it('is asked about again after a minute, and before anything more is told', async () => {
    let verdict: boolean | Promise<boolean> = true
    const maySee = vi.fn(() => verdict)
    const { open, agentTypes, agentStops } = setUp({ maySee })
    const page = await open()
    await page.news()
    await agentTypes('a', 'ada')
    await vi.advanceTimersByTimeAsync(59_999)
    await agentStops('a', 'ada')
    expect(maySee).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(1)
    await page.news()
    const held = hold<boolean>()
    verdict = held.promise
    await agentTypes('a', 'ada')
    expect(await page.news()).toEqual([])
    held.resolve(true)
    expect(await page.news()).toEqual(['typing a:ada'])
    expect(maySee).toHaveBeenCalledTimes(2)
  })

  it('is told that a bubble it may no longer see is over, and nothing more', async () => {
    let isIn = true
    const { open, agentTypes, recipientTypes, recipientSends } = setUp({ maySee: () => isIn })
    const page = await open()
    await page.news()
    await recipientTypes('a')
    expect(await page.news()).toEqual(['typing a:recipient'])
    isIn = false
    await vi.advanceTimersByTimeAsync(60_000)
    await agentTypes('a', 'ada')
    expect(await page.news()).toEqual(['idle a:recipient'])
    await recipientSends('a')
    expect(await page.news()).toEqual([])
  })

  it('is asked again after 10 s about a chat that it may not see, which it may have joined', async () => {
    let isIn = false
    const { open, recipientTypes } = setUp({ maySee: () => isIn })
    const page = await open()
    await page.news()
    await recipientTypes('a')
    isIn = true
    await vi.advanceTimersByTimeAsync(9_999)
    await recipientTypes('a')
    expect(await page.news()).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    await recipientTypes('a')
    expect(await page.news()).toEqual(['typing a:recipient'])
  })

  it('is not asked about a chat in which only it types', async () => {
    const maySee = vi.fn(() => true)
    const { open, agentTypes } = setUp({ maySee })
    await agentTypes('a', 'me')
    await open()
    await agentTypes('b', 'me')
    await vi.advanceTimersByTimeAsync(0)
    expect(maySee).not.toHaveBeenCalled()
  })
})

describe('a snapshot', () => {
  it('waits for the verdicts, a second at most; the rest is told as they come', async () => {
    const verdicts = { fast: hold<boolean>(), slow: hold<boolean>() }
    const { open, agentTypes, agentStops } = setUp({
      maySee: (chatId) => verdicts[chatId as 'fast' | 'slow'].promise,
    })
    await agentTypes('fast', 'ada')
    await agentTypes('slow', 'bob')
    await agentTypes('slow', 'cy')
    const page = await open()
    verdicts.fast.resolve(true)
    await vi.advanceTimersByTimeAsync(999)
    expect(await page.news()).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(await page.news()).toEqual(['snapshot fast:ada'])
    await agentStops('slow', 'cy')
    verdicts.slow.resolve(true)
    expect(await page.news()).toEqual(['typing slow:bob'])
  })

  it('asks about 50 chats at a time', async () => {
    const asked: ReturnType<typeof hold<boolean>>[] = []
    const { open, agentTypes } = setUp({
      maySee() {
        asked.push(hold<boolean>())
        return asked.at(-1)!.promise
      },
    })
    for (let i = 0; i < 120; i++) await agentTypes(`chat ${i}`, 'ada')
    const page = await open()
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toHaveLength(50)
    asked.slice(0, 10).forEach(({ resolve }) => resolve(true))
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toHaveLength(60)
    for (let turn = 0; turn < 3; turn++) {
      asked.forEach(({ resolve }) => resolve(true))
      await vi.advanceTimersByTimeAsync(0)
    }
    expect(asked).toHaveLength(120)
    expect(page.events).toMatchObject([{ type: 'snapshot' }])
    expect(page.events[0]).toHaveProperty('typing.length', 120)
  })

  it('of a thousand bubbles passes, though it is longer than what a page may leave unread', async () => {
    const { get, agentTypes } = setUp()
    for (let i = 0; i < 1_000; i++) await agentTypes(`chat ${i}`, 'ada')
    const answer = await get()
    await vi.advanceTimersByTimeAsync(0)
    await agentTypes('chat 0', 'bob')
    const page = readPage(answer)
    await vi.advanceTimersByTimeAsync(0)
    expect(page.text().length).toBeGreaterThan(65_536)
    expect(page.events[0]).toHaveProperty('typing.length', 1_000)
    expect(page.end()).toBeUndefined()
  })

  it('keeps a thousand verdicts at most, and asks again about what it forgot', async () => {
    const maySee = vi.fn(() => true)
    const { open, recipientTypes, recipientStops } = setUp({ maySee })
    const page = await open()
    await page.news()
    for (let i = 0; i <= 1_000; i++) {
      await recipientTypes(`chat ${i}`)
      await recipientStops(`chat ${i}`)
    }
    expect(maySee).toHaveBeenCalledTimes(1_001)
    await recipientTypes('chat 1')
    expect(maySee).toHaveBeenCalledTimes(1_001)
    await recipientTypes('chat 0')
    expect(maySee).toHaveBeenCalledTimes(1_002)
    await page.news()
  })
})
