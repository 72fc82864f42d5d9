import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChat, pass, writeAndDelete } from '../openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Whatever is done with it throws. */
function revokedProxy(): Error {
  const { proxy, revoke } = Proxy.revocable(new Error('no'), {})
  revoke()
  return proxy
}

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
    ['rejects with a revoked proxy', () => Promise.reject(revokedProxy())],
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
    await writeAndDelete(chat.input, 200)
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

  it('that resolves to a response that refuses is refused (row 102)', async () => {
    const chat = openChat({
      fetcher: (() => Promise.resolve(Response.json({}, { status: 429 }))) as never,
    })
    chat.input.keystroke(true)
    await pass(0)
    expect(chat.state()).toMatchObject({ status: 'waiting', error: { reason: 'rate-limited', status: 429 } })
  })

  it.each([Response.json({}), { ok: false }, undefined, 'no'])(
    'that resolves to anything else is accepted: %o',
    async (value) => {
      const chat = openChat({ fetcher: (() => Promise.resolve(value)) as never })
      chat.input.keystroke(true)
      await pass(0)
      expect(chat.state()).toMatchObject({ status: 'active', error: null })
    },
  )

  it('that throws an object with a status is read like an answer', async () => {
    const chat = openChat({
      fetcher: () => Promise.reject(Object.assign(new Error('x'), { status: 404, code: 2001 })),
    })
    chat.input.keystroke(true)
    await pass(0)
    expect(chat.state().error).toMatchObject({ reason: 'not-found', status: 404, code: 2001, isFinal: true })
  })
})
