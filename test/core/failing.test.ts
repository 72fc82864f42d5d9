import { type TypingError } from 'react-linq-typing'
import type { LinqAnswer } from 'react-linq-typing/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChat, pass, typeFor } from './openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a final refusal', () => {
  it('of a group makes the chat unavailable after one call, until reset (row 26)', async () => {
    const chat = openChat({ chat: { isGroup: true } })
    await typeFor(chat.input, 120_000, 1_000)
    expect(chat.calls()).toEqual(['start'])
    expect(chat.state()).toMatchObject({ status: 'unavailable', isTyping: true, retryAt: null })
    expect(chat.state().error).toMatchObject({ reason: 'forbidden', status: 403, code: 2005, isFinal: true })
    expect(chat.errors).toEqual(['forbidden'])

    chat.sessions.reset(chat.chatId)
    expect(chat.state()).toMatchObject({ status: 'idle', error: null })
    chat.input.keystroke(true)
    expect(chat.calls()).toEqual(['start', 'start'])
  })

  it('of a refresh allows no stop either', async () => {
    let starts = 0
    const chat = openChat({
      network: (call) =>
        call.action === 'start' && ++starts > 1 ? { answer: { status: 409, code: 2013 } } : {},
    })
    await typeFor(chat.input, 60_000, 1_000)
    await pass(60_000)
    expect(chat.calls()).toEqual(['start', 'start'])
    expect(chat.status()).toBe('unavailable')
  })
})

describe('the time of the next start', () => {
  it('is told to who waits, and to nobody whose chat refuses', async () => {
    let starts = 0
    const chat = openChat({
      network(call) {
        if (call.action === 'stop') return { answer: { status: 404, code: 2001 } }
        return ++starts === 2 ? { answer: { status: 503, code: 4004 } } : {}
      },
    })
    await typeFor(chat.input, 48_500, 500)
    expect(chat.state()).toMatchObject({ status: 'waiting', retryAt: 78_000 })
    chat.input.keystroke(false)
    await pass(100)
    chat.input.keystroke(true)
    expect(chat.state()).toMatchObject({ status: 'unavailable', isTyping: true, retryAt: null })
  })
})

describe('a passing failure', () => {
  it('of one refresh brings the bubble back with the next edit after its wait (row 33)', async () => {
    let starts = 0
    const chat = openChat({
      network: (call) =>
        call.action === 'start' && ++starts === 2 ? { answer: { status: 500, code: 3001 } } : {},
    })
    await typeFor(chat.input, 180_000, 500)
    expect(chat.callTimes().slice(0, 3)).toEqual(['start 0', 'start 48000', 'start 50000'])
    expect(chat.linq.timeline(chat.chatId)).toHaveLength(1)
    expect(chat.state()).toMatchObject({ status: 'active', error: null })
  })

  it('waits 2, 5, 15, and then 30 s, and starts only with an edit', async () => {
    const chat = openChat({ network: () => ({ answer: { status: 502 } }), latency: 0 })
    await typeFor(chat.input, 120_000, 100)
    expect(chat.callTimes()).toEqual(
      [0, 2_000, 7_000, 22_000, 52_000, 82_000, 112_000].map((at) => `start ${at}`),
    )
    expect(chat.errors).toEqual(['server'])
  })

  it('is waiting while someone composes, with the time of the next start', async () => {
    const chat = openChat({ network: () => ({ answer: { status: 500 } }) })
    chat.input.keystroke(true)
    await pass(0)
    expect(chat.state()).toMatchObject({ status: 'waiting', retryAt: 2_000, isTyping: true })
    await pass(2_000)
    expect(chat.state()).toMatchObject({ status: 'idle', retryAt: null, isTyping: true })
    expect(chat.state().error).toMatchObject({ reason: 'server' })
  })

  it('is forgotten by a success, so that the next wait is short again', async () => {
    let isDown = true
    const chat = openChat({ network: () => (isDown ? { answer: { status: 500 } } : {}) })
    await typeFor(chat.input, 10_000, 100)
    isDown = false
    await typeFor(chat.input, 15_000, 100)
    expect(chat.state()).toMatchObject({ status: 'active', error: null })
    isDown = true
    await typeFor(chat.input, 60_000, 100)
    const [first, second] = chat.linq.calls.filter((call) => call.status === 500).slice(-2)
    expect(first!.sentAt - second!.sentAt).toBeGreaterThanOrEqual(-5_100)
  })

  it.each<[string, LinqAnswer, number]>([
    ['429 with 30', { status: 429, code: 1007, retryAfter: 30 }, 30_000],
    ['429 with a date', { status: 429, code: 1007, retryAfter: new Date(20_000).toUTCString() }, 20_000],
    ['429 without', { status: 429, code: 1007 }, 30_000],
    ['429 with garbage', { status: 429, code: 1007, retryAfter: 'soon' }, 30_000],
    ['429 with 0', { status: 429, code: 1007, retryAfter: 0 }, 1_000],
    ['429 with 1e9', { status: 429, code: 1007, retryAfter: 1e9 }, 300_000],
    ['a chat still being created', { status: 409, code: 2009 }, 3_000],
    ['a line that is down', { status: 503, code: 4004 }, 30_000],
    ['a line that is offline', { status: 500, code: 4002 }, 30_000],
  ])('of %s makes no call before its deadline, and one after (row 28)', async (_, answer, wait) => {
    const chat = openChat({ network: () => ({ answer }) })
    await typeFor(chat.input, wait, 100)
    expect(chat.count('start')).toBe(1)
    await typeFor(chat.input, 100, 100)
    expect(chat.count('start')).toBe(2)
  })

  it('of a limit whose fetcher read no number of its Retry-After waits 30 s (row 28)', async () => {
    const fetcher = vi.fn(() =>
      Promise.reject(Object.assign(new Error('x'), { status: 429, retryAfter: NaN })),
    )
    const chat = openChat({ fetcher })
    await typeFor(chat.input, 30_000, 100)
    expect(fetcher).toHaveBeenCalledTimes(1)
    await typeFor(chat.input, 100, 100)
    expect(fetcher).toHaveBeenCalledTimes(2)
  })

  it('leaves a bubble that may be on to be stopped during the wait', async () => {
    let starts = 0
    const chat = openChat({
      network: (call) => (call.action === 'start' && ++starts === 2 ? { answer: { status: 500 } } : {}),
    })
    await typeFor(chat.input, 48_500, 500)
    chat.input.keystroke(false)
    expect(chat.callTimes()).toEqual(['start 0', 'start 48000', 'stop 48500'])
    await pass(100)
    expect(chat.sees()).toBe(false)
  })

  it('by a limit holds the stop until its end', async () => {
    let starts = 0
    const chat = openChat({
      lifetime: 90_000,
      network: (call) =>
        call.action === 'start' && ++starts === 2 ? { answer: { status: 429, retryAfter: 10 } } : {},
    })
    await typeFor(chat.input, 48_500, 500)
    chat.input.keystroke(false)
    await pass(9_499)
    expect(chat.count('stop')).toBe(0)
    await pass(1)
    expect(chat.count('stop')).toBe(1)
    expect(chat.sees()).toBe(false)
  })

  it('of a stop does not hold up the stop of a later composing', async () => {
    let stops = 0
    const chat = openChat({
      network: (call) =>
        call.action === 'stop' && ++stops === 1 ? { answer: { status: 503, code: 4004 } } : {},
    })
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.keystroke(false)
    await pass(1_000)
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.keystroke(false)
    await pass(100)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 1000', 'stop 3000'])
    expect(chat.sees()).toBe(false)
  })

  it('of a stop by a limit is followed by another at the end of the limit', async () => {
    let stops = 0
    const chat = openChat({
      lifetime: 90_000,
      network: (call) =>
        call.action === 'stop' && ++stops === 1 ? { answer: { status: 429, retryAfter: 20 } } : {},
    })
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.keystroke(false)
    await pass(30_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 1000', 'stop 21000'])
    expect(chat.sees()).toBe(false)
  })

  it('of a stop is tried once more, and not a third time', async () => {
    const chat = openChat({ network: (call) => (call.action === 'stop' ? { answer: { status: 500 } } : {}) })
    chat.input.keystroke(true)
    await pass(10)
    chat.input.keystroke(false)
    await pass(120_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 10', 'stop 2010'])
    expect(chat.status()).toBe('idle')
  })
})

describe('a start without an answer', () => {
  it('may have landed, so it is stopped when nobody composes', async () => {
    const chat = openChat({ network: (call) => (call.action === 'start' ? { down: 'lost' } : {}) })
    chat.input.keystroke(true)
    await pass(5_000)
    expect(chat.state().error).toMatchObject({ reason: 'timeout' })
    expect(chat.sees()).toBe(true)
    await pass(5_000)
    expect(chat.sees()).toBe(false)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 10000'])
  })

  it('is stopped, too, when a gateway gave it up', async () => {
    const chat = openChat({
      network: (call) => (call.action === 'start' ? { answer: { status: 504 } } : {}),
    })
    chat.input.keystroke(true)
    await pass(1_000)
    chat.input.keystroke(false)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 1000'])
  })

  it('keeps one call in flight at most, and leaves nothing to be sent late (row 24)', async () => {
    let isStalled = true
    const chat = openChat({ network: () => (isStalled ? { up: 'lost' } : {}) })
    for (let second = 0; second < 90; second++) {
      chat.input.keystroke(true)
      expect(chat.inFlight()).toBeLessThanOrEqual(1)
      await pass(1_000)
    }
    chat.input.sent()
    await pass(20_000)
    isStalled = false
    const before = chat.count('start')
    await pass(200_000)
    expect(chat.count('start')).toBe(before)
  })
})

describe('a call that ran out of time', () => {
  it('is a timeout, never an abort, and its late answer counts for nothing (row 39)', async () => {
    const answers: { resolve: () => void; reject: (error: Error) => void }[] = []
    const chat = openChat({
      fetcher: () =>
        new Promise((resolve, reject) => {
          answers.push({ resolve, reject })
        }),
    })
    chat.input.keystroke(true)
    await pass(5_000)
    expect(chat.state().error).toMatchObject({ reason: 'timeout' })
    answers[0]!.reject(new DOMException('aborted', 'AbortError'))
    await pass(2_000)
    expect(chat.errors).toEqual(['timeout'])
    chat.input.keystroke(true)
    expect(answers).toHaveLength(2)
    answers[0]!.resolve()
    await pass(100)
    expect(chat.status()).toBe('starting')
    answers[1]!.resolve()
    await pass(0)
    expect(chat.state()).toMatchObject({ status: 'active', error: null })
  })

  it('by a fetcher that heeds its signal is the same timeout (row 39)', async () => {
    const chat = openChat({
      fetcher: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    })
    chat.input.keystroke(true)
    await pass(5_000)
    expect(chat.state().error).toMatchObject({ reason: 'timeout' })
    expect(chat.errors).toEqual(['timeout'])
  })
})

describe('an unauthorized caller', () => {
  it('makes every chat wait, 30 s doubling to 5 min, and one call more after reset (row 25)', async () => {
    const chat = openChat({ token: 'right', chat: {} })
    const inputs = [chat.input, ...[1, 2].map(() => chat.sessions.join(chat.linq.addChat()))]
    for (let second = 0; second < 3_600; second++) {
      for (const input of inputs) input.keystroke(true)
      await pass(1_000)
    }
    expect(chat.linq.calls.length).toBeLessThanOrEqual(15)
    expect(chat.linq.calls.length).toBeGreaterThan(10)
    expect(chat.state().error).toMatchObject({
      reason: 'unauthorized',
      status: 401,
      code: 2004,
      isFinal: false,
    })

    const before = chat.linq.calls.length
    chat.sessions.reset(chat.chatId)
    for (let edit = 0; edit < 20; edit++) {
      for (const input of inputs) input.keystroke(true)
      await pass(1_000)
    }
    expect(chat.linq.calls.length).toBe(before + 1)
  })

  it('is known by a stop as well: every chat waits', async () => {
    const chat = openChat({
      network: (call) => (call.action === 'stop' ? { answer: { status: 401, code: 2004 } } : {}),
    })
    const other = chat.sessions.join(chat.linq.addChat())
    chat.input.keystroke(true)
    await pass(200)
    chat.input.keystroke(false)
    await pass(200)
    await typeFor(other, 29_800, 200)
    expect(chat.count('start')).toBe(1)
    await typeFor(other, 400, 200)
    expect(chat.count('start')).toBe(2)
  })

  it('is told to every chat in which someone composes', async () => {
    const chat = openChat({
      network: (call) => (call.action === 'stop' ? { answer: { status: 401, code: 2004 } } : {}),
    })
    const otherId = chat.linq.addChat()
    chat.sessions.join(otherId).keystroke(true)
    chat.input.keystroke(true)
    await pass(200)
    chat.input.keystroke(false)
    expect(chat.sessions.state(otherId).status).toBe('active')
    await pass(0)
    expect(chat.sessions.state(otherId)).toMatchObject({ status: 'waiting', retryAt: Date.now() + 30_000 })
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
})

describe('a fetcher', () => {
  const broken: [string, () => unknown][] = [
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
    [
      'throws a string',
      () => {
        throw 'no' as unknown as Error
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('failed'))],
    ['rejects with nothing', () => Promise.reject(undefined)],
    ['rejects with null', () => Promise.reject(null)],
    [
      'rejects with an object that throws when it is read',
      () =>
        Promise.reject(
          Object.defineProperty({}, 'status', {
            get() {
              throw new Error('no')
            },
          }),
        ),
    ],
    ['rejects with a frozen object', () => Promise.reject(Object.freeze({ message: 'x' }))],
    [
      'returns a thenable that throws',
      () => ({
        then: () => {
          throw new Error('no')
        },
      }),
    ],
  ]

  it.each(broken)(
    'that %s is a network failure, with its cause, and nothing unhandled (row 31)',
    async (_, call) => {
      const unhandled = vi.fn()
      process.on('unhandledRejection', unhandled)
      const chat = openChat({ fetcher: vi.fn(call) as never })
      chat.input.keystroke(true)
      await pass(0)
      expect(chat.state().error).toMatchObject({ name: 'TypingError', reason: 'network', isFinal: false })
      expect(chat.status()).toBe('waiting')
      await pass(60_000)
      vi.useRealTimers()
      await new Promise((resolve) => setImmediate(resolve))
      process.off('unhandledRejection', unhandled)
      expect(unhandled).not.toHaveBeenCalled()
    },
  )

  it('that comes back with an edit while it carries the stop has its start afterwards', async () => {
    const actions: string[] = []
    const chat = openChat({
      fetcher: ({ action }) => {
        if (actions.push(action) === 2) chat.input.keystroke(true)
        return Promise.resolve()
      },
    })
    chat.input.keystroke(true)
    await pass(200)
    chat.input.keystroke(false)
    await pass(200)
    expect(actions).toEqual(['start', 'stop', 'start'])
    expect(chat.state()).toMatchObject({ status: 'active', isTyping: true })
  })

  it('that never settles is out of time, and its signal fires', async () => {
    let signal: AbortSignal | undefined
    const chat = openChat({
      fetcher: (request) => {
        signal = request.signal
        return new Promise(() => {})
      },
    })
    chat.input.keystroke(true)
    await pass(4_999)
    expect(signal?.aborted).toBe(false)
    await pass(1)
    expect(signal?.aborted).toBe(true)
    expect(chat.state().error).toMatchObject({ reason: 'timeout' })
  })

  it('that throws an object with a status is read like an answer', async () => {
    const chat = openChat({
      fetcher: () => Promise.reject(Object.assign(new Error('x'), { status: 404, code: 2001 })),
    })
    chat.input.keystroke(true)
    await pass(0)
    expect(chat.state().error).toMatchObject({ reason: 'not-found', status: 404, code: 2001, isFinal: true })
  })
})

describe('errors', () => {
  it('are told once for a hundred failing edits (row 30)', async () => {
    const chat = openChat({ network: () => ({ answer: { status: 500 } }) })
    const changes: (TypingError | null)[] = []
    chat.sessions.subscribe(chat.chatId, () => changes.push(chat.state().error))
    await typeFor(chat.input, 300_000, 3_000)
    expect(chat.errors).toEqual(['server'])
    expect(new Set(changes.filter(Boolean)).size).toBe(1)
  })

  it.each<[string, LinqAnswer | 'reset' | 'lost', string]>([
    ['401', { status: 401, code: 2004 }, 'unauthorized'],
    ['403', { status: 403, code: 2006 }, 'forbidden'],
    ['404', { status: 404, code: 2001 }, 'not-found'],
    ['429', { status: 429, code: 1007 }, 'rate-limited'],
    ['500', { status: 500, code: 3001 }, 'server'],
    ['a lost connection', 'reset', 'network'],
    ['no answer in time', 'lost', 'timeout'],
  ])('tell %s apart (row 32)', async (_, answer, reason) => {
    const chat = openChat({ network: () => (typeof answer === 'string' ? { up: answer } : { answer }) })
    chat.input.keystroke(true)
    await pass(6_000)
    expect(chat.errors).toEqual([reason])
  })

  it('that an onError throws are the host’s, and stop nothing', async () => {
    const chat = openChat({ chat: { isGroup: true } })
    const uncaught = vi.fn()
    process.on('uncaughtException', uncaught)
    const other = chat.sessions.join(chat.chatId, {
      onError: () => {
        throw new Error('of the host')
      },
    })
    other.keystroke(true)
    await pass(200)
    process.off('uncaughtException', uncaught)
    expect(chat.status()).toBe('unavailable')
    expect(uncaught).toHaveBeenCalledWith(
      expect.objectContaining({ message: 'of the host' }),
      expect.anything(),
    )
  })
})

describe('offline', () => {
  it('lets the status go when the lifetime of the last start is over', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(1_000)
    chat.setOnline(false)
    await pass(600_000)
    expect(chat.status()).toBe('idle')
  })

  it('makes no call and says so; back online only an edit starts (row 35, row 36)', () => {
    const chat = openChat()
    chat.setOnline(false)
    chat.input.keystroke(true)
    expect(chat.calls()).toEqual([])
    expect(chat.state()).toMatchObject({ status: 'waiting', retryAt: null, isTyping: true })
    expect(chat.errors).toEqual(['offline'])
    chat.setOnline(true)
    expect(chat.calls()).toEqual([])
    expect(chat.status()).toBe('idle')
    chat.input.keystroke(true)
    expect(chat.calls()).toEqual(['start'])
  })

  it('keeps a stop that is owed for the reconnect', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(200)
    chat.setOnline(false)
    chat.input.keystroke(false)
    await pass(20_000)
    expect(chat.calls()).toEqual(['start'])
    chat.setOnline(true)
    expect(chat.calls()).toEqual(['start', 'stop'])
  })
})
