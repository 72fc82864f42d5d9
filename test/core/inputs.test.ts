import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChat, pass, writeAndDelete } from '../openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('two inputs of one chat', () => {
  it('share one session: the second to compose makes no call (row 53)', async () => {
    const chat = openChat()
    const second = chat.sessions.join(chat.chatId)
    chat.input.keystroke(true)
    second.keystroke(true)
    await pass(200)
    second.keystroke(true)
    expect(chat.calls()).toEqual(['start'])
  })

  it.each(['empties', 'leaves', 'is disabled'] as const)(
    'keep the bubble on while one %s and the other composes (row 53)',
    async (how) => {
      const chat = openChat()
      const second = chat.sessions.join(chat.chatId)
      chat.input.keystroke(true)
      await pass(200)
      second.keystroke(true)
      if (how === 'empties') chat.input.keystroke(false)
      else if (how === 'leaves') chat.input.leave()
      else chat.input.setEnabled(false)
      await pass(5_000)
      expect(chat.calls()).toEqual(['start'])
      expect(chat.sees()).toBe(true)
      await pass(5_000 + 80)
      expect(chat.callTimes()).toEqual(['start 0', 'stop 10200'])
    },
  )

  it('have the bubble back one round trip after a message of one cleared it under the other', async () => {
    const chat = openChat({ deliveryDelay: 1_000 })
    const second = chat.sessions.join(chat.chatId)
    second.keystroke(true)
    chat.input.keystroke(true)
    await pass(500)
    void chat.send()
    await pass(160 + 3_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 3660'])
    await pass(80)
    expect(chat.sees()).toBe(true)
  })

  it.each(['empty', 'leave', 'are disabled'] as const)(
    'start nothing when they %s one after the other, though a correction is due by now (row 3, row 51)',
    async (how) => {
      const chat = openChat({ deliveryDelay: 1_000 })
      const second = chat.sessions.join(chat.chatId)
      chat.input.keystroke(true)
      await pass(500)
      void chat.send()
      await pass(500)
      chat.input.keystroke(true)
      second.keystroke(true)
      await pass(2_500)
      // Its timers are late: the window is over.
      vi.setSystemTime(4_000)
      for (const input of [chat.input, second]) {
        if (how === 'empty') input.keystroke(false)
        else if (how === 'leave') input.leave()
        else input.setEnabled(false)
      }
      await pass(20_000)
      expect(chat.calls()).toEqual(['start', 'start', 'stop'])
    },
  )

  it('do not start for an edit of one that was emptied meanwhile', async () => {
    const chat = openChat({ latency: 500 })
    const second = chat.sessions.join(chat.chatId)
    chat.input.keystroke(true)
    await pass(1_000)
    chat.sessions.stop(chat.chatId)
    second.keystroke(true)
    second.keystroke(false)
    await pass(20_000)
    expect(chat.calls()).toEqual(['start', 'stop'])
  })
})

describe('an input that is disabled', () => {
  it('announces nothing, and stops a bubble that is on (row 50, row 51)', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(200)
    chat.input.setEnabled(false)
    chat.input.keystroke(true)
    await pass(200)
    expect(chat.calls()).toEqual(['start', 'stop'])
    expect(chat.sees()).toBe(false)
  })

  it('starts with the next edit when it is enabled again, and not before (row 50)', async () => {
    const chat = openChat()
    chat.input.setEnabled(false)
    chat.input.keystroke(true)
    chat.input.setEnabled(true)
    await pass(60_000)
    expect(chat.calls()).toEqual([])
    chat.input.keystroke(true)
    expect(chat.calls()).toEqual(['start'])
  })

  it('with a start on its way ends in one stop and no start (row 51)', async () => {
    const chat = openChat({ latency: 1_000 })
    chat.input.keystroke(true)
    await pass(100)
    chat.input.keystroke(true)
    chat.input.setEnabled(false)
    await pass(60_000)
    expect(chat.calls()).toEqual(['start', 'stop'])
  })
})

describe('stop()', () => {
  it('ends what any input of the chat composes', async () => {
    const chat = openChat()
    const second = chat.sessions.join(chat.chatId)
    chat.input.keystroke(true)
    second.keystroke(true)
    await pass(200)
    chat.sessions.stop(chat.chatId)
    expect(chat.calls()).toEqual(['start', 'stop'])
    expect(chat.state().isTyping).toBe(false)
  })

  it('ends the bubble now, even where a message is about to clear it', async () => {
    const chat = openChat({ deliveryDelay: 2_900 })
    chat.input.keystroke(true)
    await pass(200)
    void chat.send()
    chat.sessions.stop(chat.chatId)
    await pass(160)
    expect(chat.calls()).toEqual(['start', 'stop'])
    expect(chat.sees()).toBe(false)
  })

  it('still calls after a message that nobody saw arrive: a delivery is assumed, not known (row 109)', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.sent(Promise.resolve())
    await pass(8_000)
    expect(chat.sees()).toBe(true)
    expect(chat.calls()).toEqual(['start'])
    chat.sessions.stop(chat.chatId)
    await pass(100)
    expect(chat.calls()).toEqual(['start', 'stop'])
    expect(chat.sees()).toBe(false)
    chat.sessions.stop(chat.chatId)
    expect(chat.count('stop')).toBe(1)
  })

  it('calls no more when the bubble must be over, or was never there', async () => {
    const chat = openChat()
    chat.input.sent(Promise.resolve())
    await pass(8_000)
    chat.sessions.stop(chat.chatId)
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.sent(Promise.resolve())
    await pass(91_000)
    chat.sessions.stop(chat.chatId)
    expect(chat.calls()).toEqual(['start'])
  })

  it('calls again after two stops that failed', async () => {
    let isDown = true
    const chat = openChat({
      network: (call) => (isDown && call.action === 'stop' ? { answer: { status: 500 } } : {}),
    })
    await writeAndDelete(chat.input, 1_000)
    await pass(20_000)
    expect(chat.count('stop')).toBe(2)
    isDown = false
    chat.sessions.stop(chat.chatId)
    await pass(100)
    expect(chat.count('stop')).toBe(3)
    expect(chat.sees()).toBe(false)
  })

  it('makes no call when nothing was announced', () => {
    const chat = openChat()
    chat.sessions.stop(chat.chatId)
    expect(chat.calls()).toEqual([])
  })
})
