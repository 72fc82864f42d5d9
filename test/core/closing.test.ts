import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChat, pass, recordRequests, typeFor } from '../openChat.js'
import { postMessage } from '../postMessage.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
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

  it.each([401, 429, 500])(
    'leaves it at the stop that is on its way, though that is refused by %i',
    async (status) => {
      const chat = openChat({
        network: (call) => (call.action === 'stop' ? { answer: { status, retryAfter: 60 } } : {}),
      })
      chat.input.keystroke(true)
      await pass(1_000)
      chat.input.leave()
      chat.sessions.close()
      await pass(100_000)
      expect(chat.callTimes()).toEqual(['start 0', 'stop 1000'])
    },
  )

  it('wants its stop to outlive the page', async () => {
    const { requests, fetcher } = recordRequests()
    const chat = openChat({ fetcher })
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

  it('and opens again in another chat stops the bubble that it left under a pending message', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.sent(new Promise(() => {}))
    chat.sessions.close()
    chat.sessions.join(chat.emulator.addChat())
    await pass(20_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 9000'])
    expect(chat.sessions.size()).toBe(1)
  })

  it('and opens again in another chat waits no longer for a call that is never answered (row 25)', async () => {
    const chat = openChat({
      network: ({ id }) =>
        id === 1 ? { answer: { status: 401, code: 2004 } } : id === 2 ? { down: 'lost' } : {},
    })
    await typeFor(chat.input, 31_000, 1_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 30000'])
    chat.sessions.close()
    const other = chat.sessions.join(chat.emulator.addChat())
    await typeFor(other, 10_000, 1_000)
    expect(chat.callTimes().at(-1)).toBe('start 36000')
  })

  it.each([500, 429])(
    'and opens again stops once more a bubble whose stop, on its way then, is refused by %i',
    async (status) => {
      const chat = openChat({
        network: ({ id }) => (id === 2 ? { down: 160, answer: { status, retryAfter: 3 } } : {}),
      })
      chat.input.keystroke(true)
      await pass(1_000)
      chat.input.leave()
      chat.sessions.close()
      chat.sessions.join(chat.chatId)
      await pass(60_000)
      expect(chat.callTimes()).toEqual(['start 0', 'stop 1000', 'stop 4160'])
      expect(chat.sees()).toBe(false)
    },
  )

  it('and opens again corrects a bubble that a message sent before then clears', async () => {
    const chat = openChat({ deliveryDelay: 1_000 })
    void chat.send()
    chat.sessions.close()
    const again = chat.sessions.join(chat.chatId)
    await typeFor(again, 10_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 3160'])
    expect(chat.sees()).toBe(true)
  })

  it('opens no chat for a visit, and remembers the message that left in it (row 22)', async () => {
    const chat = openChat({ deliveryDelay: 2_000 })
    chat.sessions.close()
    chat.sessions.visit(chat.chatId, (guest) => guest.sent(postMessage(chat.emulator, chat.chatId, 'hello')))
    await pass(1_000)
    expect(vi.getTimerCount()).toBe(0)
    const again = chat.sessions.join(chat.chatId)
    await typeFor(again, 10_000)
    expect(chat.callTimes()).toEqual(['start 1000', 'start 3160'])
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
