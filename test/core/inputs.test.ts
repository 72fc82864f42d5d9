import type { TypingRequest } from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChat, pass, typeFor } from './openChat.js'

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

  it('during a limit sends the owed stop within timeout and delivery window', async () => {
    let starts = 0
    const chat = openChat({
      network: (call) =>
        call.action === 'start' && ++starts === 2 ? { answer: { status: 429, retryAfter: 60 } } : {},
    })
    await typeFor(chat.input, 48_500, 500)
    chat.input.leave()
    await pass(60_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 48000', 'stop 56500'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('and an edit that comes after it make no call', () => {
    const chat = openChat()
    chat.input.leave()
    chat.input.keystroke(true)
    expect(chat.calls()).toEqual([])
  })
})

describe('a message that fails after its chat is forgotten', () => {
  it('stops nothing of who came after', async () => {
    const chat = openChat()
    let fail: (error: Error) => void = () => undefined
    chat.input.keystroke(true)
    await pass(200)
    chat.input.sent(new Promise((_, reject) => (fail = reject)))
    chat.setOnline(false)
    chat.input.leave()
    await pass(9_000)
    chat.setOnline(true)
    const next = chat.sessions.join(chat.chatId)
    next.keystroke(true)
    await pass(200)
    fail(new Error('not sent'))
    await pass(200)
    expect(chat.calls()).toEqual(['start', 'start'])
    expect(chat.sees()).toBe(true)
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

describe('a provider that closes', () => {
  it('sends what is owed, once, and leaves no timer', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(200)
    chat.sessions.close()
    expect(chat.calls()).toEqual(['start', 'stop'])
    await pass(160)
    expect(chat.sees()).toBe(false)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('wants its stop to outlive the page', async () => {
    const requests: TypingRequest[] = []
    const chat = openChat({
      fetcher: (request) => {
        requests.push(request)
        return Promise.resolve()
      },
    })
    chat.input.keystroke(true)
    await pass(200)
    chat.sessions.close()
    expect(requests.map(({ action, keepalive }) => ({ action, keepalive }))).toEqual([
      { action: 'start', keepalive: false },
      { action: 'stop', keepalive: true },
    ])
  })

  it('sends the stop of a start on its way when that is answered', async () => {
    const chat = openChat({ latency: 500 })
    chat.input.keystroke(true)
    chat.sessions.close()
    await pass(1_000)
    expect(chat.calls()).toEqual(['start', 'stop'])
  })

  it('and opens again goes on with what was under way', async () => {
    const chat = openChat({ latency: 1_000 })
    chat.input.keystroke(true)
    chat.sessions.close()
    const again = chat.sessions.join(chat.chatId)
    again.keystroke(true)
    expect(chat.inFlight()).toBe(1)
    await pass(2_000)
    expect(chat.calls()).toEqual(['start'])
    expect(chat.status()).toBe('active')
  })

  it('and opens again stops a bubble whose message stays pending', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.sent(new Promise(() => {}))
    chat.sessions.close()
    await pass(1_000)
    chat.sessions.join(chat.chatId)
    await pass(20_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 10000'])
  })

  it('and opens again late sends the stop that is owed no later', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.sent(new Promise(() => {}))
    chat.sessions.close()
    await pass(8_500)
    chat.sessions.wake()
    expect(chat.callTimes()).toEqual(['start 0', 'stop 9500'])
  })

  it('and opens again still gives up a call that is never answered', async () => {
    const chat = openChat({ network: () => ({ up: 'lost' }) })
    chat.input.keystroke(true)
    chat.sessions.close()
    chat.sessions.join(chat.chatId).keystroke(true)
    await pass(5_000)
    expect(chat.state().error).toMatchObject({ reason: 'timeout' })
  })

  it('and opens again corrects a bubble that a message sent before then clears', async () => {
    const chat = openChat({ deliveryDelay: 1_000 })
    void chat.send()
    chat.sessions.close()
    const again = chat.sessions.join(chat.chatId)
    await typeFor(again, 10_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 3160'])
    expect(chat.sees()).toBe(true)
  })

  it('does not stop a bubble that a message is about to clear', async () => {
    const chat = openChat({ deliveryDelay: 1_000 })
    chat.input.keystroke(true)
    await pass(200)
    void chat.send()
    chat.sessions.close()
    await pass(60_000)
    expect(chat.calls()).toEqual(['start'])
  })

  it.each([100, 1_600])(
    'stops a start that was not yet answered when its message left, %i ms after that',
    async (closesAfter) => {
      const chat = openChat({
        deliveryDelay: 0,
        network: (call) => (call.action === 'start' ? { up: 1_500 } : { up: 10, down: 10 }),
      })
      chat.input.keystroke(true)
      void chat.send()
      await pass(closesAfter)
      chat.sessions.close()
      await pass(2_000)
      expect(chat.calls()).toEqual(['start', 'stop'])
      expect(chat.sees()).toBe(false)
    },
  )

  it('stops all the same when that message was not sent', async () => {
    const chat = openChat({
      network: (call) => (call.action === 'message' ? { up: 100, answer: { status: 500 } } : {}),
    })
    chat.input.keystroke(true)
    await pass(200)
    chat.send().catch(() => {})
    chat.sessions.close()
    await pass(60_000)
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

  it('makes no call when nothing was announced', () => {
    const chat = openChat()
    chat.sessions.stop(chat.chatId)
    expect(chat.calls()).toEqual([])
  })
})

describe('two providers', () => {
  it('on one chat behave as two people would (row 63)', async () => {
    const one = openChat()
    const two = openChat()
    one.input.keystroke(true)
    two.input.keystroke(true)
    await pass(200)
    one.input.leave()
    expect(one.calls()).toEqual(['start', 'stop'])
    expect(two.calls()).toEqual(['start'])
    await pass(200)
    expect(two.state()).toMatchObject({ status: 'active', isTyping: true })
  })
})
