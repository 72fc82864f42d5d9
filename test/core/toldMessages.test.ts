import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChat, pass, typeFor } from '../openChat.js'
import { postMessage } from '../postMessage.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A chat in which someone has been composing for 20 s. */
async function openComposing(options: Parameters<typeof openChat>[0] = {}) {
  const chat = openChat(options)
  const told = (isOthers?: boolean) => chat.sessions.messageTold(chat.chatId, isOthers)
  await typeFor(chat.input, 20_000)
  return {
    ...chat,
    told,
    typeOn: (duration: number, interval?: number) => typeFor(chat.input, duration, interval),
  }
}

describe('a message that a colleague sent', () => {
  it.each([0, 500, 1_500, 2_999])(
    'and that clears the bubble %i ms late is corrected by one start',
    async (deliveryDelay) => {
      const chat = await openComposing({ deliveryDelay, latency: 0 })
      await postMessage(chat.emulator, chat.chatId, 'hello')
      chat.told()
      await chat.typeOn(15_000)
      expect(chat.callTimes()).toEqual(['start 0', 'start 23000'])
      expect(chat.sees()).toBe(true)
    },
  )

  it('changes no status, no error and no wish', async () => {
    const chat = await openComposing()
    const before = chat.state()
    chat.told()
    expect(chat.state()).toBe(before)
    await chat.typeOn(5_000)
    expect(chat.state()).toBe(before)
  })

  it('withholds no stop, and is not corrected once nobody composes', async () => {
    const chat = await openComposing()
    await pass(8_000)
    chat.told()
    await pass(60_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 29500'])
  })

  it('counts at a page that comes back within its window', async () => {
    const chat = await openComposing({ latency: 0 })
    chat.told()
    chat.input.leave()
    await pass(1_000)
    const input = chat.sessions.join(chat.chatId)
    input.keystroke(true)
    await pass(5_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 20000', 'start 21000', 'start 23000'])
  })

  it('that may still arrive, the last of many, is corrected for someone who left and came back', async () => {
    const chat = openChat({ latency: 0 })
    for (let message = 0; message < 5; message++) {
      await pass(message === 0 ? 0 : 2_000)
      chat.sessions.messageTold(chat.chatId)
    }
    await pass(1_000)
    chat.input.leave()
    await pass(1_500)
    await typeFor(chat.sessions.join(chat.chatId), 5_000)
    expect(chat.callTimes()).toEqual(['start 10500', 'start 11000'])
  })

  it('is corrected in its own chat alone, whatever the case of its id', async () => {
    const chat = await openComposing({ latency: 0 })
    const other = chat.emulator.addChat({ id: 'AAAAAAAA-0000-4000-8000-000000000000' })
    const input = chat.sessions.join(other)
    input.keystroke(true)
    chat.sessions.messageTold(other.toLowerCase())
    for (let second = 0; second < 5; second++) {
      input.keystroke(true)
      await chat.typeOn(1_000)
    }
    const callsIn = (id: string) =>
      chat.emulator.calls.filter(({ chatId }) => chatId === id).map(({ sentAt }) => sentAt)
    expect(callsIn(chat.chatId)).toEqual([0])
    expect(callsIn(other)).toEqual([20_000, 23_000])
  })

  it('is corrected after the call under way for whoever composes on when another input leaves', async () => {
    const chat = await openComposing({ network: (call) => ({ down: call.sentAt === 0 ? 0 : 2_000 }) })
    const other = chat.sessions.join(chat.chatId)
    await chat.typeOn(26_000)
    chat.told()
    await chat.typeOn(3_200)
    other.leave()
    await chat.typeOn(5_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 48000', 'start 50000'])
  })

  it('is not corrected after the call under way for whoever left and came back', async () => {
    const chat = await openComposing({ network: (call) => ({ down: call.sentAt === 0 ? 0 : 2_000 }) })
    await chat.typeOn(26_000)
    chat.told()
    // The refresh at 48 s is answered at 50 s, and the window ends at 49 s.
    await chat.typeOn(2_500)
    await pass(700)
    chat.input.leave()
    chat.sessions.join(chat.chatId).keystroke(true)
    await pass(5_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 48000'])
  })

  it('is ignored by a chat that nobody has open', async () => {
    const chat = await openComposing({ latency: 0 })
    chat.input.leave()
    chat.told()
    chat.sessions.messageTold('another')
    chat.sessions.join(chat.chatId).keystroke(true)
    await pass(8_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 20000', 'start 20000'])
  })

  it('shares its correction with the next one whose window overlaps', async () => {
    const chat = await openComposing()
    chat.told()
    await chat.typeOn(2_000)
    chat.told()
    await chat.typeOn(10_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 25000'])
  })

  it('is corrected at most once in 10 s', async () => {
    const chat = await openComposing()
    for (let told = 0; told < 5; told++) {
      chat.told()
      await chat.typeOn(5_000)
    }
    expect(chat.callTimes()).toEqual(['start 0', 'start 23000', 'start 33000', 'start 43000'])
  })

  describe('sooner than 10 s after the last correction', () => {
    /** One message at 20 s, which is corrected at 23 s, and another at 25 s. */
    async function openCorrected(options: Parameters<typeof openChat>[0] = {}) {
      const chat = await openComposing({ latency: 0, ...options })
      const tell = async () => {
        await postMessage(chat.emulator, chat.chatId, 'hello')
        chat.told()
      }
      await tell()
      await chat.typeOn(5_000)
      await tell()
      return chat
    }

    it.each([0, 1_500, 2_999])(
      'and that clears the bubble %i ms late is corrected once those are over',
      async (deliveryDelay) => {
        const chat = await openCorrected({ deliveryDelay })
        await chat.typeOn(3_000)
        expect(chat.sees()).toBe(false)
        await chat.typeOn(15_000)
        expect(chat.callTimes()).toEqual(['start 0', 'start 23000', 'start 33000'])
        expect(chat.sees()).toBe(true)
      },
    )

    it('is not corrected for whoever paused in between', async () => {
      const chat = await openCorrected()
      await chat.typeOn(4_000)
      chat.input.keystroke(false)
      await pass(1_000)
      await chat.typeOn(10_000)
      expect(chat.callTimes()).toEqual(['start 0', 'start 23000', 'stop 29000', 'start 30000'])
    })

    it('is corrected no sooner for whoever left the chat and came back', async () => {
      const chat = await openComposing({ latency: 0 })
      chat.told()
      await chat.typeOn(3_000)
      chat.input.leave()
      await pass(0)
      const again = chat.sessions.join(chat.chatId)
      again.keystroke(true)
      chat.told()
      await typeFor(again, 15_000)
      expect(chat.callTimes()).toEqual(['start 0', 'start 23000', 'stop 23000', 'start 23000', 'start 33000'])
    })

    it('needs no correction after another start', async () => {
      const chat = await openCorrected()
      const other = chat.sessions.join(chat.chatId)
      await chat.typeOn(4_000)
      other.sent()
      await chat.typeOn(10_000)
      expect(chat.callTimes()).toEqual(['start 0', 'start 23000', 'start 29000', 'start 32000'])
    })

    it('is not corrected within a wait, nor after it', async () => {
      const chat = await openCorrected({
        network: (call) =>
          call.action === 'start' && call.sentAt > 0 ? { answer: { status: 429, retryAfter: 20 } } : {},
      })
      await pass(8_500)
      await chat.typeOn(5_000)
      expect(chat.callTimes()).toEqual(['start 0', 'start 23000'])
    })
  })

  it('is corrected, too, if it was told just before a correction', async () => {
    const chat = await openComposing({ latency: 0 })
    for (const wait of [2_500, 2_500, 2_500, 2_400, 0]) {
      chat.told()
      await chat.typeOn(wait, 100)
    }
    await chat.typeOn(25_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 30000', 'start 40000'])
  })

  it('told just before a correction is corrected at its own end for whoever did not compose then', async () => {
    const chat = await openComposing({ latency: 0 })
    for (const wait of [2_500, 2_500, 2_500, 2_400, 0]) {
      chat.told()
      await pass(wait)
    }
    await pass(1_000)
    await chat.typeOn(10_000, 100)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 29500', 'start 30900', 'start 32900'])
  })

  it('for which nobody composed any more holds back no correction of the next', async () => {
    const chat = await openComposing({ latency: 0 })
    await pass(8_500)
    chat.told()
    await pass(3_000)
    await chat.typeOn(1_000)
    chat.told()
    await chat.typeOn(5_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 29500', 'start 31500', 'start 35500'])
  })

  it('is corrected after the call under way', async () => {
    const chat = await openComposing({
      network: (call) => (call.sentAt > 0 ? { up: 2_000, down: 2_000 } : {}),
    })
    await chat.typeOn(26_000)
    chat.told()
    await chat.typeOn(10_000)
    // The refresh at 48 s is on its way when the window ends at 49 s.
    expect(chat.callTimes()).toEqual(['start 0', 'start 48000', 'start 52000'])
  })

  it('is not corrected within a wait, nor after it', async () => {
    const chat = await openComposing({
      network: (call) => (call.sentAt === 0 ? {} : { answer: { status: 429, retryAfter: 20 } }),
    })
    chat.told()
    await chat.typeOn(5_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 23000'])
    await chat.typeOn(5_000)
    chat.told()
    await pass(9_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 23000'])
  })
})

describe('a message of one’s own, of which the feed tells too', () => {
  it('is corrected once', async () => {
    const chat = await openComposing({ latency: 0 })
    void chat.send()
    await chat.typeOn(1_000)
    chat.told()
    await chat.typeOn(10_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 20000', 'start 23000'])
  })

  it('is corrected once when it is told long after, and then one of a colleague counts', async () => {
    const chat = await openComposing({ latency: 0 })
    void chat.send()
    await chat.typeOn(30_000)
    chat.told()
    await chat.typeOn(5_000)
    expect(chat.count('start')).toBe(3)
    chat.told()
    await chat.typeOn(5_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 20000', 'start 23000', 'start 58000'])
  })

  it('is told from one that is known to be a colleague’s', async () => {
    const chat = await openComposing({ latency: 0 })
    void chat.send()
    await chat.typeOn(5_000)
    chat.told(true)
    await chat.typeOn(5_000)
    chat.told()
    await chat.typeOn(5_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 20000', 'start 23000', 'start 28000'])
  })

  it('is not expected once its sending failed', async () => {
    const chat = await openComposing({ latency: 0 })
    chat.input.sent(Promise.reject(new Error('not sent')))
    await chat.typeOn(5_000)
    chat.told()
    await chat.typeOn(5_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 20000', 'start 28000'])
  })

  it('is still expected, and corrected, when the sending of another one failed', async () => {
    const chat = await openComposing({ latency: 0 })
    let fail = () => {}
    chat.input.sent(new Promise((_resolve, reject) => (fail = () => reject(new Error('not sent')))))
    chat.input.sent()
    fail()
    await chat.typeOn(1_000)
    chat.told()
    await chat.typeOn(10_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 20000', 'start 23000'])
  })

  it('is not expected any more after 90 s', async () => {
    const chat = await openComposing({ latency: 0 })
    chat.input.sent()
    await pass(90_000)
    await chat.typeOn(1_000)
    chat.told()
    await chat.typeOn(5_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 110000', 'start 114000'])
  })

  it('is expected at most 20 times', async () => {
    const chat = await openComposing({ latency: 0 })
    for (let sent = 0; sent < 25; sent++) chat.input.sent()
    for (let told = 0; told < 20; told++) chat.told()
    await chat.typeOn(10_000)
    const starts = chat.count('start')
    chat.told()
    await chat.typeOn(5_000)
    expect(chat.count('start')).toBe(starts + 1)
  })

  it('counts once also where the feed tells of it before the app does', async () => {
    const chat = await openComposing({ latency: 0, deliveryDelay: 2_000 })
    chat.told()
    await pass(100)
    chat.input.sent()
    await chat.typeOn(10_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 20100', 'start 23100'])
  })

  it('is still expected where the feed told of one from others before', async () => {
    const chat = await openComposing({ latency: 0 })
    chat.told(true)
    await pass(100)
    chat.input.sent()
    await chat.typeOn(1_000)
    chat.told()
    await chat.typeOn(10_000)
    expect(chat.callTimes()).toEqual(['start 0', 'start 20100', 'start 23000', 'start 23100'])
  })
})

describe('a colleague who sends message after message', () => {
  it('leaves nobody without a correction for longer than ten seconds', async () => {
    const chat = openChat({ latency: 0, deliveryDelay: 500 })
    await typeFor(chat.input, 2_000, 500)
    for (let sent = 0; sent < 15; sent++) {
      chat.emulator.send(chat.chatId, 'one more')
      chat.sessions.messageTold(chat.chatId, true)
      await typeFor(chat.input, 2_000, 500)
    }
    expect(chat.callTimes()).toEqual(['start 0', 'start 12000', 'start 22000', 'start 32000'])
  })
})
