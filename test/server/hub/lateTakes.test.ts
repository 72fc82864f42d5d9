import { createMemoryStore } from 'react-linq-typing/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setUpAgents, type AgentsSetUp } from './setUpAgents.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Agents before a store whose next take lands as late as one is told to, as behind a Redis that was busy meanwhile. */
async function setUp(options: AgentsSetUp = {}) {
  const store = createMemoryStore()
  let wait = 0
  const slowly = {
    ...store,
    async take(...args: Parameters<typeof store.take>) {
      const now = wait
      wait = 0
      if (now > 0) await new Promise((resolve) => setTimeout(resolve, now))
      return store.take(...args)
    },
  }
  const known = await setUpAgents({ ...options, store: slowly })
  const typing = async () => (await store.typists('', [known.chatId])).map(({ actor }) => actor)
  return { ...known, typing, beSlow: (ms: number) => (wait = ms) }
}

describe('a lease that was taken later than the hub waited for it', () => {
  it('is given back where Linq refused the start', async () => {
    const { start, typing, beSlow } = await setUp({
      network: () => ({ answer: { status: 403, code: 2008 } }),
    })
    beSlow(600)
    const refused = start('ada')
    await vi.advanceTimersByTimeAsync(1_000)
    expect((await refused).status).toBe(403)
    // The hub leaves the store alone for five seconds, and then hears of it again.
    await vi.advanceTimersByTimeAsync(6_000)
    await start('bob')
    await vi.advanceTimersByTimeAsync(100)
    expect(await typing()).toEqual([])
  })

  it('is given back with the stop that its agent made before it was taken', async () => {
    const { start, stop, typing, calls, beSlow } = await setUp()
    beSlow(600)
    const started = start('ada')
    await vi.advanceTimersByTimeAsync(300)
    expect((await started).status).toBe(204)
    expect((await stop('ada')).status).toBe(204)
    await vi.advanceTimersByTimeAsync(6_000)
    await start('bob')
    await vi.advanceTimersByTimeAsync(100)
    expect(await typing()).toEqual(['bob'])
    await stop('bob')
    expect(calls()).toEqual(['start', 'stop', 'start', 'stop'])
  })
})
