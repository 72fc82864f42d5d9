import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChat, pass, typeFor, writeAndDelete } from '../openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a message that is sent', () => {
  it('takes the bubble with it, without a call (row 2, row 48)', async () => {
    const chat = openChat({ deliveryDelay: 1_100 })
    await typeFor(chat.input, 5_000)
    void chat.send()
    expect(chat.status()).toBe('idle')
    await pass(80 + 1_099)
    expect(chat.sees()).toBe(true)
    await pass(1)
    expect(chat.sees()).toBe(false)
    await pass(120_000)
    expect(chat.calls()).toEqual(['start'])
  })

  it('is followed by no start, whenever it leaves after the first edit (row 3)', async () => {
    for (let offset = 0; offset <= 20_000; offset += 250) {
      const chat = openChat()
      chat.input.keystroke(true)
      await pass(offset)
      const sentAt = Date.now()
      void chat.send()
      await pass(100_000)
      const later = chat.emulator.calls.filter(
        (call) => call.action === 'start' && call.sentAt >= sentAt && offset > 0,
      )
      expect(later).toEqual([])
      expect(chat.sees()).toBe(false)
    }
  })

  it('resets the start, so that the next message shows its bubble at once (row 47)', async () => {
    const chat = openChat({ deliveryDelay: 0 })
    chat.input.keystroke(true)
    await pass(500)
    void chat.send()
    await pass(400)
    chat.input.keystroke(true)
    expect(chat.callTimes()).toEqual(['start 0', 'start 900'])
  })

  it.each([0, 500, 1_500, 2_999])(
    'that clears the bubble of the next one %i ms late is corrected by one start (row 46)',
    async (deliveryDelay) => {
      const chat = openChat({ deliveryDelay })
      chat.input.keystroke(true)
      await pass(1_000)
      void chat.send()
      await typeFor(chat.input, 10_000, 400)
      expect(chat.callTimes()).toEqual(['start 0', 'start 1000', 'start 4160'])
      expect(chat.sees()).toBe(true)
      expect(chat.emulator.timeline(chat.chatId).at(-1)?.from).toBeLessThanOrEqual(4_160 + 80)
    },
  )

  it('is not corrected when nobody composes any more', async () => {
    const chat = openChat({ deliveryDelay: 1_000 })
    chat.input.keystroke(true)
    await pass(1_000)
    void chat.send()
    await pass(200)
    await writeAndDelete(chat.input, 500)
    await pass(60_000)
    expect(chat.calls()).toEqual(['start', 'start', 'stop'])
    expect(chat.sees()).toBe(false)
  })

  it('is followed by one stop at the end of its window when a start was still on its way', async () => {
    const chat = openChat({
      deliveryDelay: 0,
      network: (call) => (call.action === 'start' ? { up: 1_500 } : { up: 10, down: 10 }),
    })
    chat.input.keystroke(true)
    void chat.send()
    await pass(1_500)
    expect(chat.sees()).toBe(true)
    await pass(1_519)
    expect(chat.calls()).toEqual(['start'])
    await pass(1)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 3020'])
    await pass(10)
    expect(chat.sees()).toBe(false)
  })

  it.each([
    ['timed out', { up: 7_000, down: 10 }, 5_050],
    ['lost its answer', { up: 1_500, down: 'lost' }, 5_050],
  ] as const)(
    'is followed by one stop at the end of its window when a start %s before',
    async (_, lost, typed) => {
      const chat = openChat({
        deliveryDelay: 0,
        network: ({ id }) => (id === 1 ? lost : { up: 10, down: 10 }),
      })
      chat.input.keystroke(true)
      await pass(typed)
      void chat.send()
      await pass(60_000)
      expect(chat.callTimes()).toEqual(['start 0', 'stop 8070'])
      expect(chat.sees()).toBe(false)
    },
  )

  it('leaves the bubble unknown to a start that is under way at the end of its window', async () => {
    const chat = openChat({
      deliveryDelay: 2_500,
      network: (call) => (call.action === 'start' ? { up: 100, down: 4_500 } : { up: 10, down: 10 }),
    })
    chat.input.keystroke(true)
    await pass(5_000)
    void chat.send()
    await pass(300)
    chat.input.keystroke(true)
    await pass(2_700)
    chat.input.keystroke(true)
    await pass(20_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 5300', 'start 9900', 'stop 18000'])
  })

  it('has a start that was under way at the end of its window followed by another for who composes anew', async () => {
    let starts = 0
    const chat = openChat({
      deliveryDelay: 2_500,
      network: (call) =>
        call.action === 'start' && ++starts === 2 ? { up: 100, down: 1_500 } : { up: 10, down: 10 },
    })
    chat.input.keystroke(true)
    await pass(1_000)
    void chat.send()
    await pass(2_000)
    await writeAndDelete(chat.input, 500)
    await pass(800)
    chat.input.keystroke(true)
    await pass(400)
    expect(chat.callTimes()).toEqual(['start 0', 'start 3000', 'start 4600'])
    expect(chat.sees()).toBe(true)
  })

  it('whose sending fails is followed by a stop', async () => {
    const chat = openChat({
      network: (call) => (call.action === 'message' ? { up: 500, down: 500, answer: { status: 500 } } : {}),
    })
    chat.input.keystroke(true)
    await pass(100)
    chat.send().catch(() => {})
    await pass(999)
    expect(chat.sees()).toBe(true)
    await pass(1)
    expect(chat.sees()).toBe(false)
    expect(chat.calls()).toEqual(['start', 'stop'])
  })

  it('whose sending fails while someone types on is followed by nothing', async () => {
    const chat = openChat({
      network: (call) => (call.action === 'message' ? { up: 500, down: 500, answer: { status: 500 } } : {}),
    })
    chat.input.keystroke(true)
    await pass(100)
    chat.send().catch(() => {})
    await typeFor(chat.input, 4_000)
    expect(chat.calls()).toEqual(['start', 'start'])
    expect(chat.emulator.timeline(chat.chatId)).toHaveLength(1)
  })

  it.each([500, 400])(
    'whose sending resolves to a response of %i was not sent, and is followed by a stop (row 102)',
    async (status) => {
      const chat = openChat()
      chat.input.keystroke(true)
      await pass(200)
      chat.input.sent(Promise.resolve(new Response(null, { status })))
      await pass(100)
      expect(chat.calls()).toEqual(['start', 'stop'])
    },
  )

  it.each([
    new Response(null, { status: 204 }),
    { ok: false },
    { ok: false, status: 200 },
    { status: 500 },
    false,
    null,
  ])('whose sending resolves to any other value was sent (row 102)', async (value) => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(200)
    chat.input.sent(Promise.resolve(value))
    await pass(60_000)
    expect(chat.calls()).toEqual(['start'])
  })

  it('does not keep the bubble when its sending stays pending', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(4_000)
    chat.input.sent(new Promise(() => {}))
    await pass(6_000 + 80)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 10000'])
    expect(chat.sees()).toBe(false)
  })

  it('leaves its promise to its owner, and takes a thenable of any make', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(200)
    const sending = { then: (resolve: () => void) => resolve() } as unknown as PromiseLike<void>
    expect(chat.input.sent(sending)).toBeUndefined()
    await pass(60_000)
    // Nothing was delivered here: the window's end is all the session can know.
    expect(chat.calls()).toEqual(['start'])
  })
})

describe('two messages in quick succession', () => {
  it('share one corrective start, after the window of the later one', async () => {
    const chat = openChat({ deliveryDelay: 2_000 })
    chat.input.keystroke(true)
    await pass(1_000)
    void chat.send()
    await pass(500)
    chat.input.keystroke(true)
    await pass(1_000)
    void chat.send()
    await pass(500)
    await typeFor(chat.input, 10_000, 1_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 1500', 'start 3000', 'start 5660'])
    expect(chat.sees()).toBe(true)
  })
})
