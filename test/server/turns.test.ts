import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createTurns } from '../../src/server/turns.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('a call that its runtime ended in the middle, without a word, holds up the next for a while only', async () => {
  const { inTurn } = createTurns(15_000)
  void inTurn('lane', 1, () => new Promise(() => {}))
  const next = vi.fn(() => Promise.resolve('made'))
  const waiting = inTurn('lane', 2, next)
  await vi.advanceTimersByTimeAsync(14_999)
  expect(next).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(await waiting).toBe('made')
  expect(await inTurn('lane', 3, next)).toBe('made')
  expect(vi.getTimerCount()).toBe(0)
})
