import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChat, pass, typeFor, writeAndDelete } from '../openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a start', () => {
  it('leaves in the very tick of the first edit', () => {
    const chat = openChat()
    chat.input.keystroke(true)
    expect(chat.calls()).toEqual(['start'])
    expect(chat.status()).toBe('starting')
  })

  it('lights the bubble one way after the first edit, and is active one round trip after it', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(79)
    expect(chat.sees()).toBe(false)
    await pass(1)
    expect(chat.sees()).toBe(true)
    expect(chat.status()).toBe('starting')
    await pass(80)
    expect(chat.status()).toBe('active')
  })

  it('is sent once for 400 edits in 20 s to a server that never answers, until its time is out (row 1)', async () => {
    const chat = openChat({ network: () => ({ up: 'lost' }), latency: 0 })
    await typeFor(chat.input, 4_950, 50)
    expect(chat.calls()).toEqual(['start'])
    await typeFor(chat.input, 15_050, 50)
    expect(chat.inFlight()).toBeLessThanOrEqual(1)
    expect(chat.count('start')).toBeLessThanOrEqual(3)
  })

  it('is not held back by keys that keep coming (row 59)', async () => {
    const chat = openChat()
    await typeFor(chat.input, 60_000, 50)
    expect(chat.emulator.calls[0]?.sentAt).toBe(0)
    expect(chat.emulator.timeline(chat.chatId)[0]?.from).toBe(80)
  })

  it('is repeated with the first edit that comes a refresh interval after it', async () => {
    const chat = openChat()
    await typeFor(chat.input, 47_999, 1_000)
    expect(chat.count('start')).toBe(1)
    await typeFor(chat.input, 2_000, 1_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 48000'])
  })

  it.each([60_000, 90_000])(
    'keeps the bubble on through ten minutes of typing, at a lifetime of %i ms (row 5)',
    async (lifetime) => {
      const chat = openChat({ lifetime, latency: 1_000 })
      await typeFor(chat.input, 600_000, 3_000)
      const spans = chat.emulator.timeline(chat.chatId)
      expect(spans).toHaveLength(1)
      expect(spans[0]).toMatchObject({ from: 1_000, to: null })
      expect(chat.count('start')).toBeGreaterThanOrEqual(12)
      expect(chat.count('start')).toBeLessThanOrEqual(14)
    },
  )

  it('needs an edit since the one before: no timer ever starts (row 60)', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(3_600_000)
    expect(chat.calls()).toEqual(['start', 'stop'])
    expect(chat.status()).toBe('idle')
  })

  it('is followed by one stop, and idle, when one edit is all there is, whatever stays in the box (row 11)', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(10_160)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 10000'])
    expect(chat.status()).toBe('idle')
    expect(chat.state().isTyping).toBe(false)
  })
})

describe('idle', () => {
  it('is counted from the last edit', async () => {
    const chat = openChat()
    await typeFor(chat.input, 30_000, 3_000)
    await pass(6_999)
    expect(chat.sees()).toBe(true)
    await pass(1 + 80)
    expect(chat.sees()).toBe(false)
    expect(chat.callTimes().at(-1)).toBe('stop 37000')
  })

  it('comes once for a true pause, and not for a pause of thinking (row 23)', async () => {
    const chat = openChat()
    for (const pause of [200, 900, 4_000, 7_500, 9_900, 300, 12_000, 800, 5_000]) {
      chat.input.keystroke(true)
      await pass(pause)
    }
    expect(chat.emulator.timeline(chat.chatId)).toHaveLength(2)
    expect(chat.calls()).toEqual(['start', 'stop', 'start'])
  })

  it('sets less than one timer in ten keys', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout')
    const chat = openChat({ network: () => undefined, latency: 0 })
    let keys = 0
    for (; keys < 600; keys++) {
      chat.input.keystroke(true)
      await pass(200)
    }
    // The emulator sets timers too: one at most for each call and bubble.
    expect(timers.mock.calls.length / keys).toBeLessThan(0.1)
  })
})

describe('emptying', () => {
  it('stops in the same tick, and the next edit starts at once (row 10)', async () => {
    const chat = openChat()
    await writeAndDelete(chat.input, 200)
    expect(chat.calls()).toEqual(['start', 'stop'])
    expect(chat.status()).toBe('stopping')
    await pass(200)
    expect(chat.sees()).toBe(false)
    chat.input.keystroke(true)
    expect(chat.calls()).toEqual(['start', 'stop', 'start'])
  })

  it('waits for a start on its way, so that the stop can not overtake it (row 4)', async () => {
    const chat = openChat({ network: (call) => (call.action === 'start' ? { up: 3_000 } : { up: 10 }) })
    chat.input.keystroke(true)
    chat.input.keystroke(false)
    await pass(2_999)
    expect(chat.calls()).toEqual(['start'])
    await pass(1 + 10)
    expect(chat.calls()).toEqual(['start', 'stop'])
    expect(chat.sees()).toBe(false)
  })

  it('makes no call when nothing was announced (row 54)', async () => {
    const chat = openChat()
    for (let i = 0; i < 100; i++) chat.input.keystroke(false)
    await pass(60_000)
    expect(chat.calls()).toEqual([])
  })

  it('asks for no stop when the start was refused', async () => {
    const chat = openChat({ network: () => ({ answer: { status: 500, code: 3001 } }) })
    await writeAndDelete(chat.input, 100)
    await pass(60_000)
    expect(chat.calls()).toEqual(['start'])
  })
})

describe('an edit while a stop is on its way', () => {
  it('starts again when the stop is answered', async () => {
    const chat = openChat()
    await writeAndDelete(chat.input, 200)
    chat.input.keystroke(true)
    expect(chat.calls()).toEqual(['start', 'stop'])
    await pass(160)
    expect(chat.calls()).toEqual(['start', 'stop', 'start'])
    await pass(200)
    expect(chat.sees()).toBe(true)
  })
})
