import { describe, expect, it } from 'vitest'
import type { Wait } from '../../src/core/chat.js'
import { afterReconnect, afterWake, isLimit, longer, longestLeft, timeLeft } from '../../src/core/waits.js'
import { ago, now } from './facts.js'

const wait = (duration: number, since = ago(10), reason: Wait['reason'] = 'server'): Wait => ({
  since,
  duration,
  reason,
})

describe('what is left of a wait', () => {
  it.each<[string, Wait | null, number]>([
    ['is nothing without one', null, 0],
    ['is what its age leaves of it', wait(30), 20],
    ['is nothing at its end', wait(10), 0],
    ['is nothing after its end', wait(5), 0],
    ['is what the wall clock leaves of it', wait(30, ago(10, 15)), 15],
    ['is what the monotonic clock leaves of it', wait(30, ago(15, 10)), 15],
  ])('%s', (_, one, left) => {
    expect(timeLeft(one, now)).toBe(left)
  })

  it.each([
    ['is nothing of none', [], 0],
    ['is nothing of those that are over', [wait(5)], 0],
    ['is that of the last to end', [wait(20), wait(40), wait(30)], 30],
  ])('%s', (_, waits, left) => {
    expect(longestLeft(waits, now)).toBe(left)
  })
})

describe('the longer of two waits', () => {
  const running = wait(30)
  it.each<[string, Wait | null, Wait, 'running' | 'next']>([
    ['is the next where none runs', null, wait(1, now), 'next'],
    ['is the next where it ends later', running, wait(21, now), 'next'],
    ['is the next where both end together', running, wait(20, now), 'next'],
    ['is the running one where it ends later', running, wait(19, now), 'running'],
  ])('%s', (_, one, next, which) => {
    expect(longer(one, next, now)).toBe(which === 'next' ? next : one)
  })
})

describe('the network’s return', () => {
  it.each<[string, Wait | null, number | undefined]>([
    ['leaves no wait where there is none', null, undefined],
    ['shortens a wait for the network', wait(900, now, 'offline'), 200],
    ['lengthens none', wait(100, now, 'offline'), 100],
    ['leaves a wait for another failure', wait(900, now, 'network'), 900],
  ])('%s', (_, one, duration) => {
    expect(afterReconnect(one, 200)).toEqual(one && { ...one, duration })
  })
})

describe('a new reason to stop', () => {
  it('keeps limits, shortens waits for the network, and ends the others', () => {
    const limit = wait(900, now, 'rate-limited')
    const offline = wait(900, now, 'offline')
    expect(afterWake([wait(900), limit, offline], 200)).toEqual([limit, { ...offline, duration: 200 }])
  })
})

it.each([
  ['rate-limited', true],
  ['offline', false],
  ['server', false],
] as const)('a wait for %s is a limit: %s', (reason, answer) => {
  expect(isLimit(wait(1, now, reason))).toBe(answer)
})
