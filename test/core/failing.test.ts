import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHttpFetcher } from '../../src/fetchers/httpFetcher.js'
import { type Answer, openChat, pass, typeFor, writeAndDelete } from '../openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a passing failure', () => {
  it('of one refresh brings the bubble back with the next edit after its wait (row 33)', async () => {
    let starts = 0
    const chat = openChat({
      network: (call) =>
        call.action === 'start' && ++starts === 2 ? { answer: { status: 500, code: 3001 } } : {},
    })
    await typeFor(chat.input, 180_000, 500)
    expect(chat.callTimes().slice(0, 3)).toEqual(['start 0', 'start 48000', 'start 50000'])
    expect(chat.emulator.timeline(chat.chatId)).toHaveLength(1)
    expect(chat.state()).toMatchObject({ status: 'active', error: null })
  })

  it('waits 2, 5, 15, and then 30 s, and starts only with an edit', async () => {
    const chat = openChat({ network: () => ({ answer: { status: 502 } }), latency: 0 })
    await typeFor(chat.input, 120_000, 100)
    expect(chat.callTimes()).toEqual(
      [0, 2_000, 7_000, 22_000, 52_000, 82_000, 112_000].map((at) => `start ${at}`),
    )
    expect(chat.errors).toEqual(['server'])
  })

  it('is waiting while someone composes, with the time of the next start', async () => {
    const chat = openChat({ network: () => ({ answer: { status: 500 } }) })
    chat.input.keystroke(true)
    await pass(0)
    expect(chat.state()).toMatchObject({ status: 'waiting', retryAt: 2_000, isTyping: true })
    await pass(2_000)
    expect(chat.state()).toMatchObject({ status: 'idle', retryAt: null, isTyping: true })
    expect(chat.state().error).toMatchObject({ reason: 'server' })
  })

  it('is forgotten by a success, so that the next wait is short again', async () => {
    let isDown = true
    const chat = openChat({ network: () => (isDown ? { answer: { status: 500 } } : {}) })
    await typeFor(chat.input, 10_000, 100)
    isDown = false
    await typeFor(chat.input, 15_000, 100)
    expect(chat.state()).toMatchObject({ status: 'active', error: null })
    isDown = true
    await typeFor(chat.input, 60_000, 100)
    const [first, second] = chat.emulator.calls.filter((call) => call.status === 500).slice(-2)
    expect(first!.sentAt - second!.sentAt).toBeGreaterThanOrEqual(-5_100)
  })

  it.each<[string, Answer, number]>([
    ['429 with 30', { status: 429, code: 1007, retryAfter: 30 }, 30_000],
    ['429 with a date', { status: 429, code: 1007, retryAfter: new Date(20_000).toUTCString() }, 20_000],
    ['429 without', { status: 429, code: 1007 }, 30_000],
    ['429 with garbage', { status: 429, code: 1007, retryAfter: 'soon' }, 30_000],
    ['429 with 0', { status: 429, code: 1007, retryAfter: 0 }, 1_000],
    ['429 with 1e9', { status: 429, code: 1007, retryAfter: 1e9 }, 300_000],
    [
      '429 of a host’s own limiter, in seconds',
      { status: 429, body: '{"error":"Too many requests","retryAfter":60}' },
      60_000,
    ],
    ['a chat still being created', { status: 409, code: 2009 }, 3_000],
    ['a line that is down', { status: 503, code: 4004 }, 30_000],
    ['a line that is offline', { status: 500, code: 4002 }, 30_000],
  ])('of %s makes no call before its deadline, and one after (row 28)', async (_, answer, wait) => {
    const chat = openChat({ network: () => ({ answer }) })
    await typeFor(chat.input, wait, 100)
    expect(chat.count('start')).toBe(1)
    await typeFor(chat.input, 100, 100)
    expect(chat.count('start')).toBe(2)
  })

  it('of a limit whose fetcher read no number of its Retry-After waits 30 s (row 28)', async () => {
    const fetcher = vi.fn(() =>
      Promise.reject(Object.assign(new Error('x'), { status: 429, retryAfter: NaN })),
    )
    const chat = openChat({ fetcher })
    await typeFor(chat.input, 30_000, 100)
    expect(fetcher).toHaveBeenCalledTimes(1)
    await typeFor(chat.input, 100, 100)
    expect(fetcher).toHaveBeenCalledTimes(2)
  })

  it('leaves a bubble that may be on to be stopped during the wait', async () => {
    let starts = 0
    const chat = openChat({
      network: (call) => (call.action === 'start' && ++starts === 2 ? { answer: { status: 500 } } : {}),
    })
    await typeFor(chat.input, 48_500, 500)
    chat.input.keystroke(false)
    expect(chat.callTimes()).toEqual(['start 0', 'start 48000', 'stop 48500'])
    await pass(100)
    expect(chat.sees()).toBe(false)
  })

  it('by a limit on starts holds no stop', async () => {
    let starts = 0
    const chat = openChat({
      lifetime: 90_000,
      network: (call) =>
        call.action === 'start' && ++starts === 2 ? { answer: { status: 429, retryAfter: 10 } } : {},
    })
    await typeFor(chat.input, 48_500, 500)
    chat.input.keystroke(false)
    await pass(100)
    expect(chat.callTimes()).toEqual(['start 0', 'start 48000', 'stop 48500'])
    expect(chat.sees()).toBe(false)
  })

  it('of a stop holds the stop of a later composing, too, until its end', async () => {
    let stops = 0
    const chat = openChat({
      lifetime: 90_000,
      network: (call) =>
        call.action === 'stop' && ++stops === 1 ? { answer: { status: 503, code: 4004 } } : {},
    })
    await writeAndDelete(chat.input, 1_000)
    await pass(1_000)
    await writeAndDelete(chat.input, 1_000)
    await pass(40_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 1000', 'stop 31000'])
    expect(chat.sees()).toBe(false)
  })

  it('of a stop by a limit is followed by another at the end of the limit', async () => {
    let stops = 0
    const chat = openChat({
      lifetime: 90_000,
      network: (call) =>
        call.action === 'stop' && ++stops === 1 ? { answer: { status: 429, retryAfter: 20 } } : {},
    })
    await writeAndDelete(chat.input, 1_000)
    await pass(30_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 1000', 'stop 21000'])
    expect(chat.sees()).toBe(false)
  })

  it('of a stop is tried once more, and not a third time', async () => {
    const chat = openChat({ network: (call) => (call.action === 'stop' ? { answer: { status: 500 } } : {}) })
    await writeAndDelete(chat.input, 10)
    await pass(120_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 10', 'stop 2010'])
    expect(chat.status()).toBe('idle')
  })
})

describe('a start without an answer', () => {
  it('may have landed, so it is stopped when nobody composes', async () => {
    const chat = openChat({ network: (call) => (call.action === 'start' ? { down: 'lost' } : {}) })
    chat.input.keystroke(true)
    await pass(5_000)
    expect(chat.state().error).toMatchObject({ reason: 'timeout' })
    expect(chat.sees()).toBe(true)
    await pass(5_000)
    expect(chat.sees()).toBe(false)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 10000'])
  })

  it('is stopped, too, when a gateway gave it up', async () => {
    const chat = openChat({
      network: (call) => (call.action === 'start' ? { answer: { status: 504 } } : {}),
    })
    await writeAndDelete(chat.input, 1_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 1000'])
  })

  it('is stopped, too, when its answer can’t be read', async () => {
    const calls: string[] = []
    const fetcher = createHttpFetcher({
      baseUrl: '/api/typing',
      fetch: (_, { method }) => {
        calls.push(method!)
        return Promise.resolve(method === 'POST' ? Response.error() : new Response(null, { status: 204 }))
      },
    })
    const chat = openChat({ fetcher })
    await writeAndDelete(chat.input, 1_000)
    await pass(1_000)
    expect(calls).toEqual(['POST', 'DELETE'])
  })

  it('keeps one call in flight at most, and leaves nothing to be sent late (row 24)', async () => {
    let isStalled = true
    const chat = openChat({ network: () => (isStalled ? { up: 'lost' } : {}) })
    for (let second = 0; second < 90; second++) {
      chat.input.keystroke(true)
      expect(chat.inFlight()).toBeLessThanOrEqual(1)
      await pass(1_000)
    }
    chat.input.sent()
    await pass(20_000)
    isStalled = false
    const before = chat.count('start')
    await pass(200_000)
    expect(chat.count('start')).toBe(before)
  })
})
