import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChat, pass, typeFor, writeAndDelete } from '../openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('leaving', () => {
  it('stops a bubble that is on, and nothing is left', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(200)
    chat.input.leave()
    expect(chat.calls()).toEqual(['start', 'stop'])
    await pass(160)
    expect(chat.sees()).toBe(false)
    expect(chat.state()).toMatchObject({ status: 'idle', isTyping: false })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('with a start on its way stops once it is answered (row 4, row 6)', async () => {
    const chat = openChat({ network: (call) => (call.action === 'start' ? { up: 2_000 } : {}) })
    chat.input.keystroke(true)
    chat.input.leave()
    await pass(1_999)
    expect(chat.calls()).toEqual(['start'])
    await pass(1)
    expect(chat.calls()).toEqual(['start', 'stop'])
    expect(chat.sees()).toBe(false)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('makes no call and leaves no timer when nothing was announced (row 22)', () => {
    const chat = openChat()
    chat.input.leave()
    expect(chat.calls()).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('after a message was sent makes no call either', async () => {
    const chat = openChat({ deliveryDelay: 500 })
    chat.input.keystroke(true)
    await pass(300)
    void chat.send()
    chat.input.leave()
    await pass(60_000)
    expect(chat.calls()).toEqual(['start'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('while a message stays pending stops at the end of what is owed', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(300)
    chat.input.sent(new Promise(() => {}))
    chat.input.leave()
    await pass(30_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 8300'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('sets no timer after timer while the last stop stays unanswered', async () => {
    const chat = openChat({ network: (call) => (call.action === 'stop' ? { up: 'lost' } : {}) })
    chat.input.keystroke(true)
    await pass(300)
    chat.input.sent(new Promise(() => {}))
    chat.input.leave()
    await pass(8_000)
    expect(chat.calls()).toEqual(['start', 'stop'])
    const timers = vi.spyOn(globalThis, 'setTimeout')
    await pass(4_999)
    expect(timers.mock.calls.length).toBeLessThan(5)
    await pass(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('during a limit on starts sends the owed stop at once', async () => {
    let starts = 0
    const chat = openChat({
      network: (call) =>
        call.action === 'start' && ++starts === 2 ? { answer: { status: 429, retryAfter: 60 } } : {},
    })
    await typeFor(chat.input, 48_500, 500)
    chat.input.leave()
    await pass(60_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 48000', 'stop 48500'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('during a limit on stops gives the stop up', async () => {
    const chat = openChat({
      lifetime: 90_000,
      network: (call) => (call.action === 'stop' ? { answer: { status: 429, retryAfter: 20 } } : {}),
    })
    await writeAndDelete(chat.input, 1_000)
    await pass(1_000)
    chat.input.leave()
    await pass(60_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 1000'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('and an edit that comes after it make no call', () => {
    const chat = openChat()
    chat.input.leave()
    chat.input.keystroke(true)
    expect(chat.calls()).toEqual([])
  })

  it('owes nothing any more once the time-out and the delivery window are over, whatever its last stop met', async () => {
    const chat = openChat({ network: () => ({ up: 'lost' }) })
    chat.input.keystroke(true)
    await pass(100)
    chat.input.leave()
    await pass(60_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 5000'])
  })
})

describe('a message that fails after its chat is forgotten', () => {
  it('stops nothing of who came after', async () => {
    const chat = openChat()
    let fail: (error: Error) => void = () => undefined
    chat.input.keystroke(true)
    await pass(200)
    chat.input.sent(new Promise((_, reject) => (fail = reject)))
    chat.input.leave()
    await pass(9_000)
    const next = chat.sessions.join(chat.chatId)
    next.keystroke(true)
    await pass(200)
    fail(new Error('not sent'))
    await pass(200)
    expect(chat.calls()).toEqual(['start', 'stop', 'start'])
    expect(chat.sees()).toBe(true)
  })
})

describe('a chat that is opened again', () => {
  it('shows no failure whose wait is over (row 30)', async () => {
    let isDown = false
    const chat = openChat({ network: () => (isDown ? { answer: { status: 500 } } : {}) })
    chat.input.keystroke(true)
    await chat.send()
    await pass(4_000)
    isDown = true
    chat.input.keystroke(true)
    await pass(500)
    chat.input.leave()
    await pass(30_000)
    expect(chat.sessions.remembered()).toBe(1)
    chat.sessions.join(chat.chatId)
    expect(chat.state()).toMatchObject({ status: 'idle', error: null })
  })

  it('has its bubble corrected after a message that was on its way when it was left (row 116)', async () => {
    const chat = openChat({ deliveryDelay: 2_000 })
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.sent(new Promise((resolve) => setTimeout(resolve, 11_000)))
    await pass(100)
    chat.input.leave()
    await pass(8_500)
    expect(vi.getTimerCount()).toBe(1)
    await typeFor(chat.sessions.join(chat.chatId), 8_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 9100', 'start 9600', 'start 15000'])
  })

  it('remembers a message on its way for as long as it may wipe a bubble, and no longer', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.sent(new Promise(() => {}))
    chat.input.leave()
    await pass(89_999)
    expect([chat.sessions.size(), chat.sessions.remembered()]).toEqual([0, 1])
    await pass(1)
    expect(chat.sessions.remembered()).toBe(0)
  })

  it('remembers it however far the clock is set ahead (row 117)', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    chat.input.sent(new Promise((resolve) => setTimeout(resolve, 9_000)))
    await pass(100)
    vi.setSystemTime(Date.now() + 3_600_000)
    chat.input.leave()
    await pass(8_500)
    const before = chat.count('start')
    await typeFor(chat.sessions.join(chat.chatId), 5_000)
    expect(chat.count('start') - before).toBe(2)
  })

  it('still waits where a limit told it to, says so to nobody a second time, and sets no timer for it (row 28)', async () => {
    const chat = openChat({ network: () => ({ answer: { status: 429, retryAfter: 60 } }) })
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.leave()
    expect(vi.getTimerCount()).toBe(0)
    await pass(9_000)
    const errors: string[] = []
    const next = chat.sessions.join(chat.chatId, { onError: ({ reason }) => errors.push(reason) })
    next.keystroke(true)
    expect(chat.state()).toMatchObject({
      status: 'waiting',
      retryAt: 60_000,
      error: { reason: 'rate-limited' },
    })
    await typeFor(next, 50_000, 1_000)
    expect(chat.callTimes()).toEqual(['start 0'])
    await typeFor(next, 1_000, 1_000)
    expect(chat.count('start')).toBe(2)
    expect(errors).toEqual([])
  })

  it('is tried again, however final its refusal was', async () => {
    const chat = openChat({ chat: { isGroup: true } })
    chat.input.keystroke(true)
    await pass(1_000)
    expect(chat.status()).toBe('unavailable')
    chat.input.leave()
    const next = chat.sessions.join(chat.chatId)
    expect(chat.state()).toMatchObject({ status: 'idle', error: null })
    next.keystroke(true)
    expect(chat.calls()).toEqual(['start', 'start'])
  })

  it('is tried again after a refusal, also while a message of it is on its way', async () => {
    const chat = openChat({ chat: { isGroup: true } })
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.sent(new Promise(() => {}))
    chat.input.leave()
    const next = chat.sessions.join(chat.chatId)
    expect(chat.state()).toMatchObject({ status: 'idle', error: null })
    next.keystroke(true)
    expect(chat.calls()).toEqual(['start', 'start'])
  })
})

describe('an input that is made anew with every message', () => {
  it('has its bubble corrected all the same', async () => {
    const chat = openChat({ deliveryDelay: 2_000 })
    chat.input.keystroke(true)
    await pass(500)
    void chat.send()
    chat.input.leave()
    const next = chat.sessions.join(chat.chatId)
    await pass(500)
    await typeFor(next, 8_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 1000', 'start 3660'])
    expect(chat.sees()).toBe(true)
  })
})
