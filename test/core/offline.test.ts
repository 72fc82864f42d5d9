import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChat, pass, typeFor } from '../openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A chat whose network fails at once while it is cut. */
function openOffline() {
  let isCut = false
  const chat = openChat({ network: () => (isCut ? { up: 'reset' } : { up: 80, down: 80 }) })
  return {
    ...chat,
    cut(cut: boolean) {
      isCut = cut
      chat.setOnline(!cut)
    },
  }
}

describe('offline', () => {
  it('lets the status go when the lifetime of the last start is over', async () => {
    const chat = openOffline()
    chat.input.keystroke(true)
    await pass(1_000)
    chat.cut(true)
    await pass(600_000)
    expect(chat.status()).toBe('idle')
  })

  it('an edit tries, and says what is the matter; it waits like any failure of the network (row 35, row 36)', async () => {
    const chat = openOffline()
    chat.cut(true)
    await typeFor(chat.input, 2_000, 500)
    expect(chat.callTimes()).toEqual(['start 0'])
    expect(chat.errors).toEqual(['offline'])
    await typeFor(chat.input, 500, 500)
    expect(chat.state()).toMatchObject({ status: 'waiting', retryAt: 7_000, isTyping: true })
    expect(chat.callTimes()).toEqual(['start 0', 'start 2000'])
    expect(chat.errors).toEqual(['offline'])
  })

  it('back online only an edit starts, and no earlier than 2 s after the failure (row 35)', async () => {
    const chat = openOffline()
    chat.cut(true)
    await typeFor(chat.input, 3_000, 1_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 2000'])
    chat.cut(false)
    chat.input.keystroke(true)
    expect(chat.state()).toMatchObject({ status: 'waiting', retryAt: 4_000 })
    await pass(5_000)
    expect(chat.count('start')).toBe(2)
    chat.input.keystroke(true)
    expect(chat.callTimes().at(-1)).toBe('start 8000')
  })

  it('a stop is tried, and is sent on the reconnect if it is still owed', async () => {
    const chat = openOffline()
    chat.input.keystroke(true)
    await pass(200)
    chat.cut(true)
    chat.input.keystroke(false)
    await pass(20_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 200', 'stop 2200'])
    chat.cut(false)
    expect(chat.callTimes().at(-1)).toBe('stop 20200')
    await pass(200)
    expect(chat.sees()).toBe(false)
  })

  it('a stop of a chat that was left is sent on a reconnect that comes soon', async () => {
    const chat = openOffline()
    chat.input.keystroke(true)
    await pass(200)
    chat.cut(true)
    chat.input.leave()
    await pass(5_000)
    chat.cut(false)
    await pass(200)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 200', 'stop 2200', 'stop 5200'])
    expect(chat.sees()).toBe(false)
    await pass(10_000)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('a failure with an answer is no matter of the network', async () => {
    const chat = openChat({ network: () => ({ answer: { status: 500 } }) })
    chat.setOnline(false)
    chat.input.keystroke(true)
    await pass(200)
    expect(chat.errors).toEqual(['server'])
  })
})

describe('a browser that says offline on a network that works, as behind a VPN', () => {
  it('announces typing all the same, and ends it (row 97)', async () => {
    const chat = openChat()
    chat.setOnline(false)
    await typeFor(chat.input, 60_000, 1_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 48000'])
    expect(chat.state()).toMatchObject({ status: 'active', error: null })
    await pass(10_000)
    expect(chat.callTimes().at(-1)).toBe('stop 69000')
    expect(chat.sees()).toBe(false)
  })

  it('is not asked for another stop within 2 s by a page that shows again', async () => {
    const chat = openChat({ latency: 0, network: ({ action }) => (action === 'stop' ? { up: 'reset' } : {}) })
    chat.input.keystroke(true)
    await pass(1_000)
    chat.setOnline(false)
    chat.sessions.setPage('hidden')
    await pass(500)
    chat.sessions.setPage('visible')
    await pass(4_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 1000', 'stop 3000'])
  })
})

describe('a network that is back while a chat is left', () => {
  it('ends the wait of a stop that failed without it', async () => {
    let isCut = false
    const chat = openChat({
      lifetime: 90_000,
      network: () => (isCut ? { up: 'reset' } : { up: 0, down: 0 }),
    })
    await typeFor(chat.input, 47_000, 500)
    isCut = true
    chat.setOnline(false)
    // The refreshes of 48, 50 and 55 s fail, and so does the stop of 56 s.
    await typeFor(chat.input, 9_000, 500)
    chat.input.leave()
    await pass(9_000)
    isCut = false
    chat.setOnline(true)
    const input = chat.sessions.join(chat.chatId)
    input.keystroke(true)
    await pass(1_000)
    input.keystroke(false)
    await pass(3_000)
    expect(chat.callTimes().slice(-2)).toEqual(['start 65000', 'stop 66000'])
    expect(chat.sees()).toBe(false)
  })
})
