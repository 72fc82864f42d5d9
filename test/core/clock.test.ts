import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { maxAge, minAge, monotonicAge, readClock, systemClock } from '../../src/core/clock.js'
import { ago, now } from './facts.js'

afterEach(() => {
  vi.useRealTimers()
})

describe('an age', () => {
  it.each([
    ['by two clocks that agree', ago(5), 5, 5, 5],
    ['by a wall clock that ran ahead', ago(5, 9), 9, 5, 5],
    ['by a wall clock that was set back', ago(5, -9), 5, 0, 5],
    ['by a monotonic clock that ran ahead', ago(9, 5), 9, 5, 9],
    ['of what is still to come', ago(-5, -9), 0, 0, -5],
  ])('%s', (_, since, greater, lesser, monotonic) => {
    expect([maxAge(since, now), minAge(since, now), monotonicAge(since, now)]).toEqual([
      greater,
      lesser,
      monotonic,
    ])
  })
})

describe('the clock of the system', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 5_000 })
  })

  it('is read by both clocks', () => {
    const begin = performance.now()
    vi.setSystemTime(9_000)
    expect(readClock()).toEqual({ monotonic: begin, wall: 9_000 })
  })

  it('tells the monotonic one apart', () => {
    expect(systemClock.monotonic()).toBe(performance.now())
  })
})
