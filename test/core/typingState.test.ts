import { describe, expect, it } from 'vitest'
import type { Chat, Wait } from '../../src/core/chat.js'
import { idleState, stateOf, type TypingState, type TypingStatus } from '../../src/core/typingState.js'
import { ago, at, callerWith, callOf, chatWith, errorOf, litAgo, messageOf, now, passWith } from './facts.js'

const pass = passWith()
const inputs = [{ editedAt: now }]
const wait = (left: number): Wait => ({ since: ago(10), duration: 10 + left, reason: 'server' })
const state = (facts: Partial<TypingState> = {}): TypingState => ({ ...idleState, ...facts })

describe('the status', () => {
  const lit = litAgo(50)
  const cleared = [messageOf({ tick: 12 })]
  it.each<[string, Chat, TypingStatus]>([
    ['of a chat of which nothing is known', chatWith(), 'idle'],
    ['of somebody who composes, and no more', chatWith({ inputs }), 'idle'],
    ['of a start on its way', chatWith({ inputs, call: callOf('start') }), 'starting'],
    ['of a stop on its way', chatWith({ inputs, call: callOf('stop'), bubble: lit }), 'stopping'],
    ['of an accepted start', chatWith({ inputs, bubble: lit }), 'active'],
    ['of an accepted start whose lifetime is over', chatWith({ inputs, bubble: litAgo(600) }), 'idle'],
    ['of a refresh on its way', chatWith({ inputs, call: callOf('start'), bubble: litAgo(400) }), 'active'],
    ['of a start that a message clears', chatWith({ inputs, bubble: lit, messages: cleared }), 'idle'],
    [
      'of a start on its way after such a message',
      chatWith({ inputs, bubble: lit, messages: cleared, call: callOf('start') }),
      'starting',
    ],
    [
      'of a start that left after the message',
      chatWith({ inputs, bubble: lit, messages: [messageOf({ tick: 9 })] }),
      'active',
    ],
    ['of somebody who has to wait', chatWith({ inputs, startWait: wait(1) }), 'waiting'],
    [
      'of somebody who has to wait, under a bubble',
      chatWith({ inputs, bubble: lit, startWait: wait(1) }),
      'waiting',
    ],
    ['of somebody whose wait is over', chatWith({ inputs, startWait: wait(0) }), 'idle'],
    ['of a wait for nobody', chatWith({ startWait: wait(1) }), 'idle'],
    ['of a wait during a stop', chatWith({ inputs, startWait: wait(1), call: callOf('stop') }), 'stopping'],
    ['of a wait during a start', chatWith({ inputs, startWait: wait(1), call: callOf('start') }), 'starting'],
    [
      'of a wait during a refresh',
      chatWith({ inputs, bubble: lit, startWait: wait(1), call: callOf('start') }),
      'active',
    ],
    [
      'of a chat that refuses, whatever else',
      chatWith({ inputs, bubble: lit, startWait: wait(1), call: callOf('stop'), isRefused: true }),
      'unavailable',
    ],
  ])('%s', (_, chat, status) => {
    expect(stateOf(chat, pass, idleState).status).toBe(status)
  })
})

describe('what is told', () => {
  it('is the error, and whether somebody types', () => {
    const error = errorOf('server')
    expect(stateOf(chatWith({ error }), pass, idleState)).toEqual(state({ error }))
    expect(stateOf(chatWith({ inputs }), pass, idleState)).toEqual(state({ isTyping: true }))
  })

  const error = errorOf('server')
  const chat = chatWith({ inputs, error, startWait: wait(70) })
  const told = state({ status: 'waiting', error, isTyping: true, retryAt: now.wall + 70 })
  it('is the same object where nothing has changed', () => {
    expect(stateOf(chat, pass, told)).toBe(told)
  })

  it.each<Partial<TypingState>>([
    { status: 'idle' },
    { error: null },
    { error: errorOf('server') },
    { isTyping: false },
    { retryAt: null },
  ])('is another where it was told as %o', (before) => {
    const next = stateOf(chat, pass, { ...told, ...before })
    expect(next).toEqual(told)
    expect(next.error).toBe(error)
  })
})

describe('the time of the next start', () => {
  function retryAt(left: number, told: number | null = null, moment = now): number | null {
    const startWait: Wait = { since: moment, duration: left, reason: 'server' }
    const chat = chatWith({ inputs: [{ editedAt: moment }], startWait })
    return stateOf(chat, passWith({ now: moment }), state({ retryAt: told })).retryAt
  }

  it.each<[string, number, number | null, number | null]>([
    ['is the end of the wait', 70, null, 10_070],
    ['is a whole number, and not too early', 69.2, null, 10_070],
    ['is none without a wait', 0, 10_070, null],
    ['stays as it was told while the clocks drift apart a little', 70, 10_119, 10_119],
    ['stays as it was told while they drift the other way', 70, 10_021, 10_021],
    ['is told anew where it is later by much', 70, 10_020, 10_070],
    ['is told anew where it is earlier by much', 70, 10_120, 10_070],
    ['is never past', 20, 10_000, 10_020],
    ['may come next', 20, 10_001, 10_001],
  ])('%s', (_, left, told, answer) => {
    expect(retryAt(left, told)).toBe(answer)
  })

  it('is in the time of the wall clock', () => {
    expect(retryAt(70, null, at(10_000, 500_000))).toBe(500_070)
  })

  it('is the later one where the chat and the caller wait', () => {
    const caller = callerWith({ wait: { since: now, duration: 90, reason: 'unauthorized' } })
    const asked = passWith({ caller })
    expect(stateOf(chatWith({ inputs, startWait: wait(70) }), asked, idleState).retryAt).toBe(10_090)
    expect(stateOf(chatWith({ inputs, startWait: wait(95) }), asked, idleState).retryAt).toBe(10_095)
  })
})
