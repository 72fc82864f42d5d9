import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChat, pass, recordRequests, typeFor, writeAndDelete } from '../openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** Sleep, by the two clocks: timers and the monotonic clock stand still, the wall clock runs on. */
function sleep(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds)
}

describe('a page that is hidden', () => {
  it('stops at once with keepalive, and once: an edit in it counts all the same (row 19, row 93)', async () => {
    const { requests, fetcher } = recordRequests()
    const chat = openChat({ fetcher })
    chat.input.keystroke(true)
    await pass(200)
    chat.sessions.setPage('hidden')
    expect(requests.map(({ action, keepalive }) => ({ action, keepalive }))).toEqual([
      { action: 'start', keepalive: false },
      { action: 'stop', keepalive: true },
    ])
    await pass(30_000)
    expect(requests).toHaveLength(2)
    chat.input.keystroke(true)
    expect(requests).toHaveLength(3)
    await pass(5_000)
    chat.sessions.setPage('visible')
    await pass(4_999)
    expect(requests).toHaveLength(3)
    expect(chat.status()).toBe('active')
  })

  it('that was left counts no edit until it comes back', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(200)
    chat.sessions.setPage('gone')
    chat.input.keystroke(true)
    await pass(30_000)
    chat.sessions.setPage('visible')
    await pass(30_000)
    expect(chat.calls()).toEqual(['start', 'stop'])
    chat.input.keystroke(true)
    expect(chat.calls()).toEqual(['start', 'stop', 'start'])
  })

  it('sends the stop that failed twice meanwhile once more when it is shown', async () => {
    let stops = 0
    const chat = openChat({
      network: (call) => (call.action === 'stop' && ++stops <= 2 ? { answer: { status: 500 } } : {}),
    })
    chat.input.keystroke(true)
    await pass(1_000)
    chat.sessions.setPage('hidden')
    await pass(3_000)
    expect(chat.callTimes()).toEqual(['start 1000000', 'stop 1001000', 'stop 1003000'])
    expect(chat.sees()).toBe(true)
    chat.sessions.setPage('visible')
    await pass(100)
    expect(chat.count('stop')).toBe(3)
    expect(chat.sees()).toBe(false)
  })

  it('after a message was sent leaves the bubble to the message', async () => {
    const chat = openChat({ deliveryDelay: 1_000 })
    chat.input.keystroke(true)
    await pass(200)
    void chat.send()
    chat.sessions.setPage('hidden')
    await pass(60_000)
    expect(chat.calls()).toEqual(['start'])
    expect(chat.sees()).toBe(false)
  })
})

describe('a machine that sleeps', () => {
  it('sends the owed stop on wake and drops every start (row 61)', async () => {
    const chat = openChat()
    await typeFor(chat.input, 5_000)
    sleep(8 * 3_600_000)
    chat.sessions.wake()
    expect(chat.calls()).toEqual(['start', 'stop'])
    await pass(60_000)
    expect(chat.calls()).toEqual(['start', 'stop'])
  })

  it('drops the corrective start of a message sent before it slept (row 61)', async () => {
    const chat = openChat({ deliveryDelay: 500 })
    chat.input.keystroke(true)
    await pass(500)
    void chat.send()
    await pass(200)
    chat.input.keystroke(true)
    await pass(500)
    sleep(8 * 3_600_000)
    await pass(60_000)
    expect(chat.count('start')).toBe(2)
    expect(chat.sees()).toBe(false)
  })

  it('sends a stop that is too late for both clocks no more', async () => {
    const chat = openChat({ network: (call) => (call.action === 'stop' ? { answer: { status: 500 } } : {}) })
    await writeAndDelete(chat.input, 200)
    await pass(100_000)
    expect(chat.count('stop')).toBe(2)
    chat.sessions.wake()
    expect(chat.count('stop')).toBe(2)
  })
})

describe('a clock that jumps', () => {
  it.each([-3_600_000, -5_000, 5_000, 3_600_000])(
    'by %i ms keeps the calls within the budget (row 62)',
    async (jump) => {
      for (const at of [0, 100, 3_000, 9_000, 47_500]) {
        const chat = openChat()
        await typeFor(chat.input, at, 500)
        chat.input.keystroke(true)
        vi.setSystemTime(Date.now() + jump)
        await typeFor(chat.input, 60_000, 500)
        // A jump ahead may cost one refresh.
        expect(chat.count('start')).toBeLessThanOrEqual(1 + Math.floor((at + 60_000) / 48_000) + 1)
        expect(chat.state().isTyping).toBe(true)
        await pass(20_000)
        expect(chat.state()).toMatchObject({ status: 'idle', isTyping: false })
        expect(chat.sees()).toBe(false)
      }
    },
  )

  it('back during a pause ends the bubble at the idle timeout by the monotonic clock when the debounce fires early', async () => {
    const chat = openChat()
    const begin = performance.now()
    await typeFor(chat.input, 4_000, 500)
    vi.setSystemTime(Date.now() - 3_600_000)
    let endedAt: number | undefined
    chat.sessions.subscribe(chat.chatId, () => {
      if (!chat.state().isTyping) endedAt ??= performance.now() - begin
    })
    await pass(30_000)
    expect(endedAt).toBe(3_500 + 10_000)
  })

  it('that stands still does not keep the bubble for ever (row 87)', async () => {
    vi.useRealTimers()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    vi.spyOn(Date, 'now').mockReturnValue(1_000_000)
    const chat = openChat()
    await typeFor(chat.input, 3_000, 500)
    await pass(20_000)
    expect(chat.state()).toMatchObject({ isTyping: false })
    expect(chat.count('stop')).toBe(1)
  })

  it.each([-3_600_000, -6_000, -1_000])(
    'by %i ms while someone composes does not put off the end of the bubble (row 118)',
    async (jump) => {
      for (const at of [0, 500, 4_000, 9_900]) {
        const chat = openChat()
        const begin = performance.now()
        chat.input.keystroke(true)
        await pass(at)
        vi.setSystemTime(Date.now() + jump)
        await pass(10_000 - at)
        expect(performance.now() - begin).toBe(10_000)
        expect(chat.calls()).toEqual(['start', 'stop'])
      }
    },
  )

  it.each([1_500, 4_000, 9_000])(
    'ahead by %i ms within the delivery window closes it no sooner (row 117)',
    async (jump) => {
      const chat = openChat({ deliveryDelay: 2_900 })
      const begin = performance.now()
      chat.input.keystroke(true)
      await pass(1_000)
      void chat.send()
      await pass(500)
      chat.input.keystroke(true)
      vi.setSystemTime(Date.now() + jump)
      await typeFor(chat.input, 5_000, 500)
      expect(chat.emulator.calls.at(-1)).toMatchObject({ action: 'start' })
      expect(performance.now() - begin).toBe(6_500)
      expect(chat.sees()).toBe(true)
      expect(chat.count('start')).toBe(3)
    },
  )
})
