import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTypingSessions, type TypingSessionsOptions } from '../../src/core/sessions.js'
import { idleState } from '../../src/core/typingState.js'
import { errorOf, failures, policy } from './facts.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

const open = (options: Partial<TypingSessionsOptions> = {}) =>
  createTypingSessions({
    policy: () => policy,
    failures: () => failures,
    fetcher: () => Promise.resolve(),
    ...options,
  })
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

describe('a chat that nobody has joined', () => {
  it('is idle, and takes a stop or a reset without a word', () => {
    const sessions = open()
    sessions.stop('chat')
    sessions.reset('chat')
    expect(sessions.state('chat')).toBe(idleState)
    expect([sessions.size(), sessions.remembered()]).toEqual([0, 0])
  })
})

describe('a chat that everybody has left', () => {
  it('is forgotten when nothing is known of it', () => {
    const sessions = open()
    const inputs = [sessions.join('chat'), sessions.join('chat'), sessions.join('other')]
    expect(sessions.size()).toBe(2)
    for (const input of inputs) input.leave()
    expect([sessions.size(), sessions.remembered()]).toEqual([0, 0])
  })

  it('is told of when nothing more is to be done there', async () => {
    const onRested = vi.fn()
    const sessions = open({ onRested })
    const inputs = [sessions.join('chat'), sessions.join('chat'), sessions.join('other')]
    inputs[0]!.keystroke(true)
    await pass(10)
    inputs[2]!.leave()
    expect(onRested.mock.calls).toEqual([['other']])
    for (const input of inputs) input.leave()
    expect(onRested).toHaveBeenCalledTimes(1)
    await pass(0)
    expect(onRested.mock.calls).toEqual([['other'], ['chat']])
  })

  it('is remembered for as long as it has to wait', async () => {
    const sessions = open({ fetcher: () => Promise.reject(errorOf('server', { status: 500 })) })
    const input = sessions.join('chat')
    input.keystroke(true)
    await pass(10)
    input.leave()
    expect([sessions.size(), sessions.remembered()]).toEqual([0, 1])
    await pass(989)
    expect(sessions.remembered()).toBe(1)
    await pass(1)
    expect(sessions.remembered()).toBe(0)
  })
})

describe('a listener', () => {
  it('is told of its own chat until it unsubscribes, and others go on', () => {
    const sessions = open()
    const listeners = [vi.fn(), vi.fn(), vi.fn()] as const
    const unsubscribe = sessions.subscribe('chat', listeners[0])
    sessions.subscribe('chat', listeners[1])
    sessions.subscribe('other', listeners[2])
    const input = sessions.join('chat')
    input.keystroke(true)
    expect(listeners.map(({ mock }) => mock.calls.length)).toEqual([1, 1, 0])
    unsubscribe()
    unsubscribe()
    input.keystroke(false)
    expect(listeners.map(({ mock }) => mock.calls.length)).toEqual([1, 2, 0])
  })

  it('is told after the one before it left, whoever unsubscribes twice', () => {
    const sessions = open()
    const unsubscribe = sessions.subscribe('chat', () => undefined)
    unsubscribe()
    const listener = vi.fn()
    sessions.subscribe('chat', listener)
    unsubscribe()
    sessions.join('chat').keystroke(true)
    expect(listener).toHaveBeenCalledTimes(1)
  })
})

describe('a failure', () => {
  it.each([
    ['without an answer is the network’s', true, errorOf('network'), 'network'],
    ['without an answer is “offline” where the browser says so', false, errorOf('network'), 'offline'],
    ['by a timeout is, too', false, errorOf('timeout'), 'offline'],
    ['with an answer is not', false, errorOf('timeout', { status: 408 }), 'timeout'],
    ['for another reason is not', false, errorOf('server'), 'server'],
  ] as const)('%s', async (_, isOnline, thrown, reason) => {
    const onFailure = vi.fn()
    const sessions = open({ isOnline: () => isOnline, onFailure, fetcher: () => Promise.reject(thrown) })
    sessions.join('chat').keystroke(true)
    await pass(1)
    expect(sessions.state('chat').error).toMatchObject({ reason })
    expect(onFailure.mock.calls).toEqual([[sessions.state('chat').error]])
  })

  it('is noted as usual if who listens for failures throws', async () => {
    const uncaught = vi.fn()
    process.on('uncaughtException', uncaught)
    const bug = new Error('no')
    const onFailure = () => {
      throw bug
    }
    const sessions = open({ onFailure, fetcher: () => Promise.reject(errorOf('server')) })
    sessions.join('chat').keystroke(true)
    await pass(1)
    process.off('uncaughtException', uncaught)
    expect(uncaught.mock.calls[0]?.[0]).toBe(bug)
    expect(sessions.state('chat')).toMatchObject({ status: 'waiting', error: { reason: 'server' } })
  })

  it('keeps its cause when the browser says offline, and is online by default', async () => {
    const cause = new Error('x')
    const states = await Promise.all(
      [() => false, undefined].map(async (isOnline) => {
        const sessions = open({ isOnline, fetcher: () => Promise.reject(cause) })
        sessions.join('chat').keystroke(true)
        await pass(1)
        return sessions.state('chat').error
      }),
    )
    expect(states.map((error) => [error?.reason, error?.cause])).toEqual([
      ['offline', cause],
      ['network', cause],
    ])
  })
})
