import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { definePolicy } from '../../src/core/policy.js'
import { createTypingSessions } from '../../src/core/sessions.js'
import { TypingError } from '../../src/core/typingError.js'
import type { FailurePolicy, TypingRefusal } from '../../src/core/typingService.js'
import { pass, typeFor } from '../openChat.js'
import { failures as plain } from './facts.js'

const uncaught = vi.fn()
const unhandled = vi.fn()

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  process.on('uncaughtException', uncaught)
  process.on('unhandledRejection', unhandled)
})
afterEach(() => {
  process.off('uncaughtException', uncaught)
  process.off('unhandledRejection', unhandled)
  uncaught.mockReset()
  unhandled.mockReset()
  vi.useRealTimers()
})

const policy = definePolicy({
  minLifetime: 60_000,
  maxLifetime: 90_000,
  refreshInterval: 48_000,
  idleTimeout: 10_000,
  deliveryWindow: 3_000,
  timeout: 5_000,
})

/** A chat of a service of one's own, whose first calls are refused with these statuses. */
function openChatOf(failures: FailurePolicy, ...statuses: number[]) {
  const calls: string[] = []
  const sessions = createTypingSessions({
    policy: () => policy,
    failures: () => failures,
    isOnline: () => !statuses.includes(0),
    fetcher({ action }) {
      calls.push(`${action} ${Date.now()}`)
      const status = statuses.shift()
      // A fetcher throws anything.
      return status === undefined ? Promise.resolve() : Promise.reject(Object.assign(new Error(), { status }))
    },
  })
  return { calls, sessions, input: sessions.join('chat'), state: () => sessions.state('chat') }
}

/** Lets Node tell of promises that nobody handled. */
async function expectNothingUnhandled() {
  vi.useRealTimers()
  await new Promise((resolve) => setImmediate(resolve))
  expect(unhandled).not.toHaveBeenCalled()
}

/** What failures mean, as a class with state of its own. */
class Failures implements FailurePolicy {
  readonly waitForNetwork = 2_000
  private readonly step = 4_000
  private readonly ofCaller = 401

  readRefusal({ status, cause }: TypingRefusal) {
    return new TypingError({ reason: status === this.ofCaller ? 'unauthorized' : 'server', status, cause })
  }

  waitAfter(_: TypingError, failures: number) {
    return this.step * failures
  }
}

describe('a service of one’s own', () => {
  it.each([
    ['server', 500],
    ['unauthorized', 401],
  ])('may be a class whose methods use this: %s (row 31)', async (reason, status) => {
    const chat = openChatOf(new Failures(), status)
    await typeFor(chat.input, 1_000)
    expect(chat.state()).toMatchObject({ status: 'waiting', error: { reason, status }, retryAt: 4_000 })
    await typeFor(chat.input, 4_000)
    expect(chat.calls).toEqual(['start 0', 'start 4000'])
    expect(uncaught).not.toHaveBeenCalled()
    await expectNothingUnhandled()
  })

  const bug = new Error('a bug of the host')
  const unusable: [what: string, waitAfter: () => unknown, surfaces: unknown][] = [
    [
      'an error',
      () => {
        throw bug
      },
      bug,
    ],
    ['NaN', () => NaN, new TypeError('waitAfter must return milliseconds, not NaN')],
    ['nothing', () => undefined, expect.any(TypeError)],
    ['null', () => null, expect.any(TypeError)],
    ['a text', () => 'soon', expect.any(TypeError)],
    ['a negative number', () => -1, expect.any(TypeError)],
    ['a promise', () => Promise.resolve(1_000), expect.any(TypeError)],
  ]
  describe.each(unusable)('whose wait is %s', (_, waitAfter, surfaces) => {
    const failures = { ...plain, waitAfter: waitAfter as FailurePolicy['waitAfter'] }

    it.each([500, 401])('waits 30 s after a %i, and the mistake surfaces (row 115)', async (status) => {
      const chat = openChatOf(failures, status)
      await typeFor(chat.input, 1_000)
      expect(chat.state()).toMatchObject({ status: 'waiting', error: { status }, retryAt: 30_000 })
      expect(uncaught.mock.calls[0]?.[0]).toEqual(surfaces)
      await typeFor(chat.input, 30_000)
      expect(chat.calls).toEqual(['start 0', 'start 30000'])
      await expectNothingUnhandled()
    })

    it.each([500, 401])('still sends the stop that is owed after a %i (row 115)', async (status) => {
      const chat = openChatOf(failures, status)
      chat.sessions.stop('chat')
      await typeFor(chat.input, 31_000)
      chat.input.keystroke(false)
      await pass(0)
      expect(chat.calls).toEqual(['start 0', 'start 30000', 'stop 31000'])
    })

    it('is forgotten with its chat once that wait is over (row 115)', async () => {
      const chat = openChatOf(failures, 500)
      chat.input.keystroke(true)
      await pass(1_000)
      chat.input.leave()
      expect(chat.sessions.remembered()).toBe(1)
      await pass(29_000)
      expect(chat.sessions.remembered()).toBe(0)
    })
  })

  it('whose wait has no end waits five minutes', async () => {
    const chat = openChatOf({ ...plain, waitAfter: () => Infinity }, 500)
    await typeFor(chat.input, 301_000)
    expect(chat.calls).toEqual(['start 0', 'start 300000'])
    expect(uncaught).not.toHaveBeenCalled()
  })

  it.each([NaN, undefined, 'soon', Infinity])(
    'that says %s for how soon a call may follow the network’s return leaves the wait as it is (row 115)',
    async (waitForNetwork) => {
      const chat = openChatOf(
        { ...plain, waitForNetwork: waitForNetwork as number, waitAfter: () => 5_000 },
        0,
      )
      chat.input.keystroke(true)
      await pass(1_000)
      chat.sessions.reconnect()
      await typeFor(chat.input, 5_000)
      expect(chat.calls).toEqual(['start 0', 'start 5000'])
    },
  )

  it.each([
    ['throws', bug],
    ['returns nothing', undefined],
    ['returns null', null],
    ['returns a text', 'server'],
  ])('whose readRefusal %s makes it a failure without an answer (row 31)', async (_, returned) => {
    const readRefusal = () => {
      if (returned === bug) throw bug
      return returned as never
    }
    const chat = openChatOf({ ...plain, readRefusal, waitAfter: () => 2_000 }, 500)
    await typeFor(chat.input, 1_000)
    expect(chat.state()).toMatchObject({ status: 'waiting', error: { reason: 'network' }, retryAt: 2_000 })
    await expectNothingUnhandled()
  })
})
