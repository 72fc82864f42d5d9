import { describe, expect, it } from 'vitest'
import { type Caller, callerWait, resetCaller, settleCaller } from '../../src/core/caller.js'
import type { Call, Wait } from '../../src/core/chat.js'
import type { TypingError } from '../../src/core/typingError.js'
import { ago, at, callerWith, callOf, errorOf, now } from './facts.js'

const wait = (left: number): Wait => ({ since: ago(10), duration: 10 + left, reason: 'unauthorized' })
const unauthorized = errorOf('unauthorized', { status: 401 })

describe('the wait of every chat for the caller', () => {
  const trial = { isDoubtful: true, underWay: 1, lastSentAt: ago(20) }
  it.each<[string, Partial<Caller>, number]>([
    ['is none by itself', {}, 0],
    ['is what is left of the caller’s', { wait: wait(70) }, 70],
    ['is none for one in doubt who may be tried', { isDoubtful: true, wait: wait(0) }, 0],
    ['is the rest of a trial that is under way', trial, 30],
    ['is the rest of a trial by the greater age', { ...trial, lastSentAt: ago(20, 25) }, 25],
    ['is none after a trial that was never answered', { ...trial, lastSentAt: ago(50) }, 0],
    ['is none while a recognised caller starts', { ...trial, isDoubtful: false }, 0],
    ['is the caller’s own, also during a trial', { ...trial, wait: wait(10) }, 10],
  ])('%s', (_, facts, left) => {
    expect(callerWait(callerWith(facts), now, 50)).toBe(left)
  })
})

/** The caller after a call was answered at tick 25, and whether that concerns other chats. */
function settled(facts: Partial<Caller>, call: Call, error: TypingError | null) {
  const caller = callerWith({ underWay: 1, ...facts })
  const waitAfter = (_: TypingError, failures: number) => 100 * failures
  const concernsOthers = settleCaller(caller, call, error, { now, tick: 25, waitAfter })
  return { ...caller, concernsOthers }
}

describe('an answer', () => {
  it.each([
    ['to a start ends its way', callOf('start'), 0],
    ['to a stop does not count as one', callOf('stop'), 1],
  ])('%s', (_, call, underWay) => {
    expect(settled({}, call, null).underWay).toBe(underWay)
  })

  const known = { isDoubtful: false, failures: 0, wait: null }
  const doubted = { isDoubtful: true, failures: 2, wait: wait(70), refusedTick: 15 }
  const held = (failures: number) => ({
    isDoubtful: true,
    failures,
    refusedTick: 25,
    wait: { since: now, duration: 100 * failures, reason: 'unauthorized' },
    concernsOthers: true,
  })
  it.each<[string, Partial<Caller>, Call, TypingError | null, object]>([
    ['that accepts changes nothing', {}, callOf('start'), null, { ...known, concernsOthers: false }],
    [
      'that fails otherwise changes nothing',
      {},
      callOf('start'),
      errorOf('server', { status: 500 }),
      { ...known, concernsOthers: false },
    ],
    ['of 401 to a start makes every chat wait', {}, callOf('start'), unauthorized, held(1)],
    ['of 401 to a stop makes every chat wait', {}, callOf('stop'), unauthorized, held(1)],
    ['of 401 to another start doubles the wait', doubted, callOf('start'), unauthorized, held(3)],
    [
      'of 401 to a stop during the wait lengthens it no more',
      doubted,
      callOf('stop'),
      unauthorized,
      { ...doubted, concernsOthers: true },
    ],
    [
      'of 401 shortens no wait',
      { ...doubted, wait: wait(900) },
      callOf('start'),
      unauthorized,
      { ...held(3), wait: wait(900) },
    ],
    [
      'of 401 to a call made before a reset counts for nothing',
      { resetTick: 20 },
      callOf('start', { tick: 20 }),
      unauthorized,
      { ...known, concernsOthers: false },
    ],
    [
      'of 401 to a call made after a reset counts',
      { resetTick: 19 },
      callOf('start', { tick: 20 }),
      unauthorized,
      held(1),
    ],
    [
      'that accepts a call made after the 401 recognises the caller',
      doubted,
      callOf('start', { tick: 16 }),
      null,
      { ...known, concernsOthers: true },
    ],
    [
      'that accepts a stop made after the 401 recognises the caller',
      doubted,
      callOf('stop', { tick: 16 }),
      null,
      { ...known, concernsOthers: true },
    ],
    [
      'that accepts a call made before the 401 does not',
      doubted,
      callOf('start', { tick: 15 }),
      null,
      { ...doubted, concernsOthers: true },
    ],
    [
      'that fails otherwise leaves the caller in doubt',
      doubted,
      callOf('start', { tick: 16 }),
      errorOf('network'),
      { ...doubted, concernsOthers: true },
    ],
  ])('%s', (_, facts, call, error, after) => {
    expect(settled(facts, call, error)).toMatchObject(after)
  })
})

it('a reset ends the wait, and leaves the caller in doubt until a call is accepted', () => {
  const caller = callerWith({ isDoubtful: true, failures: 3, wait: wait(70), refusedTick: 15, underWay: 1 })
  resetCaller(caller, 40)
  expect(caller).toEqual(
    callerWith({ isDoubtful: true, failures: 0, wait: null, refusedTick: 15, underWay: 1, resetTick: 40 }),
  )
})

it('a new caller is recognised', () => {
  expect(callerWith()).toEqual({
    failures: 0,
    wait: null,
    isDoubtful: false,
    refusedTick: 0,
    resetTick: 0,
    underWay: 0,
    lastSentAt: at(0),
  })
})
