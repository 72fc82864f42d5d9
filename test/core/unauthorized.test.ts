import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChat, pass, typeFor, writeAndDelete } from '../openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('an unauthorized caller', () => {
  it('makes every chat wait, 30 s doubling to 5 min, and one call more after reset (row 25)', async () => {
    const chat = openChat({ token: 'right', chat: {} })
    const inputs = [chat.input, ...[1, 2].map(() => chat.sessions.join(chat.emulator.addChat()))]
    for (let second = 0; second < 3_600; second++) {
      for (const input of inputs) input.keystroke(true)
      await pass(1_000)
    }
    expect(chat.emulator.calls.length).toBeLessThanOrEqual(15)
    expect(chat.emulator.calls.length).toBeGreaterThan(10)
    expect(chat.state().error).toMatchObject({
      reason: 'unauthorized',
      status: 401,
      code: 2004,
      isFinal: false,
    })

    const before = chat.emulator.calls.length
    chat.sessions.reset(chat.chatId)
    for (let edit = 0; edit < 20; edit++) {
      for (const input of inputs) input.keystroke(true)
      await pass(1_000)
    }
    expect(chat.emulator.calls.length).toBe(before + 1)
  })

  it('is known by a stop as well: every chat waits', async () => {
    const chat = openChat({
      network: (call) => (call.action === 'stop' ? { answer: { status: 401, code: 2004 } } : {}),
    })
    const other = chat.sessions.join(chat.emulator.addChat())
    await writeAndDelete(chat.input, 200)
    await pass(200)
    await typeFor(other, 29_800, 200)
    expect(chat.count('start')).toBe(1)
    await typeFor(other, 400, 200)
    expect(chat.count('start')).toBe(2)
  })

  it('is known anew by a stop after reset', async () => {
    const refused = { answer: { status: 401, code: 2004 } }
    const chat = openChat({ network: ({ id }) => (id === 1 ? {} : refused) })
    const other = chat.sessions.join(chat.emulator.addChat())
    chat.input.keystroke(true)
    await pass(100)
    other.keystroke(true)
    await pass(100)
    chat.sessions.reset(chat.chatId)
    chat.input.keystroke(false)
    await pass(0)
    await typeFor(other, 29_900, 100)
    expect(chat.callTimes()).toEqual(['start 0', 'start 100', 'stop 200'])
  })

  it('is told to every chat in which someone composes', async () => {
    const chat = openChat({
      network: (call) => (call.action === 'stop' ? { answer: { status: 401, code: 2004 } } : {}),
    })
    const otherId = chat.emulator.addChat()
    chat.sessions.join(otherId).keystroke(true)
    await writeAndDelete(chat.input, 200)
    expect(chat.sessions.state(otherId).status).toBe('active')
    await pass(0)
    expect(chat.sessions.state(otherId)).toMatchObject({ status: 'waiting', retryAt: Date.now() + 30_000 })
  })

  it('waits no longer for a refusal that was on its way at the reset', async () => {
    const refused = { status: 401, code: 2004 }
    const chat = openChat({
      network: ({ id }) =>
        id === 1 ? { answer: refused } : id === 2 ? { down: 3_000, answer: refused } : {},
    })
    chat.input.keystroke(true)
    chat.sessions.join(chat.emulator.addChat()).keystroke(true)
    await pass(1_000)
    chat.sessions.reset(chat.chatId)
    await typeFor(chat.input, 5_000, 1_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 0', 'start 3000'])
  })

  it('that is recognised again waits 30 s the next time', async () => {
    let isKnown = false
    const chat = openChat({
      latency: 0,
      network: (call) => (isKnown || call.action === 'stop' ? {} : { answer: { status: 401, code: 2004 } }),
    })
    await typeFor(chat.input, 30_000, 1_000)
    isKnown = true
    await typeFor(chat.input, 2_000, 1_000)
    expect(chat.status()).toBe('active')
    isKnown = false
    await typeFor(chat.input, 90_000, 1_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 30000', 'start 78000', 'start 108000'])
  })

  it('waits 30 s, 60 s, 120 s in one chat', async () => {
    const chat = openChat({ token: 'right', latency: 0 })
    await typeFor(chat.input, 215_000, 1_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 30000', 'start 90000', 'start 210000'])
  })

  it.each(['start', 'stop'])(
    'waits twice as long after a second answer that was on its way, when that of a %s comes first',
    async (first) => {
      let isKnown = true
      const refused = { status: 401, code: 2004 }
      const chat = openChat({
        network: ({ action }) => (isKnown ? {} : { down: action === first ? 10 : 20, answer: refused }),
      })
      const otherId = chat.emulator.addChat()
      const other = chat.sessions.join(otherId)
      chat.input.keystroke(true)
      await pass(1_000)
      isKnown = false
      other.keystroke(true)
      chat.input.keystroke(false)
      await pass(100)
      expect(chat.sessions.state(otherId).retryAt).toBe(61_020)
    },
  )
})
