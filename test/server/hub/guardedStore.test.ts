import { createMemoryStore } from 'react-linq-typing/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { guardStore } from '../../../src/server/hub/guardedStore.js'

const chat = { tenant: '', chatId: '1' }
const roomy = { age: 0, lifetime: 60_000, max: 20 }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('an outage in which a store can still be read, as a Redis that became a replica', () => {
  it('is told once, and that it is over with the first change that succeeds', async () => {
    const store = createMemoryStore()
    const onLost = vi.fn()
    const onFound = vi.fn()
    let isReplica = true
    const take: typeof store.take = (...args) =>
      isReplica
        ? Promise.reject(new Error("READONLY You can't write against a read only replica."))
        : store.take(...args)
    const guarded = guardStore({ ...store, take }, { onLost, onFound })
    // As a piece of work does, each time that it refreshes.
    const refresh = async () => {
      await guarded.quiet()
      await guarded.giveBack(chat, { age: 0, owes: 0 })
      const isHeld = await guarded.take({ ...chat, actor: 'ada' }, roomy)
      await vi.advanceTimersByTimeAsync(48_000)
      return isHeld
    }
    for (let time = 0; time < 6; time++) expect(await refresh()).toBeUndefined()
    expect([onLost.mock.calls.length, onFound.mock.calls.length]).toEqual([1, 0])
    isReplica = false
    expect(await refresh()).toBe(true)
    expect([onLost.mock.calls.length, onFound.mock.calls.length]).toEqual([1, 1])
  })
})
