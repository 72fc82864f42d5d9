import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Answer, openChat, pass, typeFor, writeAndDelete } from '../openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

const lineDown: Answer = { status: 503, code: 4004 }
const busy: Answer = { status: 409, code: 2009 }
const limit = (retryAfter: number): Answer => ({ status: 429, code: 1007, retryAfter })

/** A chat whose starts and stops are answered in turn; what is left out is accepted. */
function answering(answers: { start?: (Answer | null)[]; stop?: (Answer | null)[] }) {
  const counts = { start: 0, stop: 0 }
  return openChat({
    lifetime: 90_000,
    latency: 0,
    network({ action }) {
      if (action !== 'start' && action !== 'stop') return {}
      const answer = answers[action]?.[counts[action]++]
      return answer == null ? {} : { answer }
    },
  })
}

describe('the wait of a start', () => {
  it('is not shortened by a stop that fails more mildly (row 115)', async () => {
    const chat = answering({ start: [null, lineDown], stop: [busy] })
    await typeFor(chat.input, 48_500, 500)
    chat.input.keystroke(false)
    await pass(500)
    await typeFor(chat.input, 40_000, 500)
    const starts = chat.callTimes().filter((call) => call.startsWith('start'))
    expect(starts).toEqual(['start 0', 'start 48000', 'start 78000'])
  })

  it('is not ended by a stop that is accepted', async () => {
    const chat = answering({ start: [null, lineDown] })
    await typeFor(chat.input, 48_500, 500)
    chat.input.keystroke(false)
    await pass(500)
    await typeFor(chat.input, 40_000, 500)
    expect(chat.callTimes()).toEqual(['start 0', 'start 48000', 'stop 48500', 'start 78000'])
  })

  it('is not wiped by a 401 to a stop while the caller is in doubt (row 115)', async () => {
    const unauthorized: Answer = { status: 401, code: 2004 }
    const chat = answering({ start: [null, limit(120)], stop: [unauthorized, unauthorized] })
    await typeFor(chat.input, 48_500, 500)
    chat.input.keystroke(false)
    await pass(31_000)
    await typeFor(chat.input, 100_000, 500)
    expect(chat.callTimes().filter((call) => call.startsWith('start'))).toEqual([
      'start 0',
      'start 48000',
      'start 168000',
    ])
  })

  it('is 2 s after its first failure, whatever became of stops', async () => {
    const chat = openChat({
      latency: 0,
      network: ({ id }) => (id === 1 ? {} : { answer: { status: 500 } }),
    })
    await writeAndDelete(chat.input, 500)
    await pass(60_000)
    expect(chat.calls()).toEqual(['start', 'stop', 'stop'])
    chat.input.keystroke(true)
    await pass(0)
    expect(chat.state().retryAt! - Date.now()).toBe(2_000)
  })

  it('is 30 s after a gateway’s first refusal, whatever the network did before it', async () => {
    let calls = 0
    const chat = openChat({
      latency: 0,
      network: () => (++calls <= 3 ? { up: 'reset' } : { answer: { status: 403, body: 'no' } }),
    })
    await typeFor(chat.input, 22_500, 500)
    expect(chat.callTimes()).toEqual(['start 0', 'start 2000', 'start 7000', 'start 22000'])
    expect(chat.state()).toMatchObject({ error: { reason: 'forbidden', isFinal: false }, retryAt: 52_000 })
  })
})

describe('what is told of a wait', () => {
  it('is never past, nor missing, while another chat tries for a caller in doubt (row 115)', async () => {
    const chat = openChat({
      network: ({ id }) => (id === 2 ? { up: 4_000 } : { answer: { status: 401, code: 2004 } }),
    })
    const otherId = chat.emulator.addChat()
    const other = chat.sessions.join(otherId)
    const told: [now: number, at: number | null][] = []
    chat.sessions.subscribe(chat.chatId, () => {
      const { status, retryAt } = chat.state()
      if (status === 'waiting') told.push([Date.now(), retryAt])
      else expect(retryAt).toBeNull()
    })
    await typeFor(chat.input, 30_000, 500)
    other.keystroke(true)
    await typeFor(chat.input, 6_000, 500)
    expect(chat.callTimes()).toEqual(['start 0', 'start 30000', 'start 34000'])
    expect(told.length).toBeGreaterThan(1)
    for (const [now, at] of told) expect(at).toBeGreaterThan(now)
  })
})

describe('a refusal that nobody who knows the chat has signed', () => {
  it.each([403, 404, 410, 422, 400])(
    'by %i waits 30 s, doubling to five minutes, and ends nothing for good (row 111)',
    async (status) => {
      const chat = openChat({ latency: 0, network: () => ({ answer: { status, body: '' } }) })
      await typeFor(chat.input, 1_052_000, 1_000)
      expect(chat.callTimes()).toEqual(
        [0, 30, 90, 210, 450, 750, 1_050].map((second) => `start ${second * 1_000}`),
      )
      expect(chat.status()).toBe('waiting')
    },
  )

  it.each([402, 405, 421, 423, 425, 451])('by %i waits 30 s each time (row 111)', async (status) => {
    const chat = openChat({ latency: 0, network: () => ({ answer: { status, body: '' } }) })
    await typeFor(chat.input, 91_000, 1_000)
    expect(chat.callTimes()).toEqual([0, 30, 60, 90].map((second) => `start ${second * 1_000}`))
  })
})

describe('a limit on stops', () => {
  it('holds the stop of a later composing, too, until its end', async () => {
    const chat = answering({ stop: [limit(20)] })
    await writeAndDelete(chat.input, 1_000)
    await pass(1_000)
    await writeAndDelete(chat.input, 1_000)
    await pass(30_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 1000', 'stop 21000'])
  })
})

describe('the wait of a stop', () => {
  it('is kept where a limit asked for it, also when a message is still on its way at the end of what is owed', async () => {
    const chat = answering({ stop: [limit(30)] })
    await writeAndDelete(chat.input, 1_000)
    await pass(1_000)
    chat.input.keystroke(true)
    chat.input.sent(new Promise(() => {}))
    chat.input.leave()
    await pass(28_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 1000'])
  })

  it('is kept where a limit asked for it, also when it is the shorter of two that run', async () => {
    const chat = answering({ stop: [lineDown, limit(20)] })
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.leave()
    await pass(9_000)
    chat.sessions.join(chat.chatId)
    chat.sessions.wake()
    await pass(10_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 1000', 'stop 9000'])
  })

  it('ends at its own time, also after a stop that was accepted meanwhile (row 115)', async () => {
    const chat = answering({ stop: [lineDown] })
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.leave()
    await pass(9_000)
    const back = chat.sessions.join(chat.chatId)
    back.keystroke(true)
    await pass(1_000)
    back.keystroke(false)
    await pass(30_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 1000', 'stop 9000', 'start 10000', 'stop 31000'])
  })
})

describe('reset()', () => {
  it('ends the wait of a chat that nobody is in', async () => {
    const chat = openChat({ network: () => ({ answer: limit(60) }) })
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.leave()
    await pass(1_000)
    chat.sessions.reset(chat.chatId)
    chat.sessions.join(chat.chatId).keystroke(true)
    expect(chat.count('start')).toBe(2)
  })

  it('lets a stop that failed twice be tried once more', async () => {
    let isDown = true
    const chat = openChat({
      network: ({ action }) => (isDown && action === 'stop' ? { answer: { status: 500 } } : {}),
    })
    await writeAndDelete(chat.input, 1_000)
    await pass(20_000)
    expect(chat.count('stop')).toBe(2)
    isDown = false
    chat.sessions.reset(chat.chatId)
    await pass(100)
    expect(chat.count('stop')).toBe(3)
    expect(chat.sees()).toBe(false)
  })
})
