import { createMemoryStore, type TypingHubOptions } from 'react-linq-typing/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setUpAgents, type AgentsSetUp } from './setUpAgents.js'

type Store = NonNullable<TypingHubOptions['store']>

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Agents before a store that fails whenever it is told to. The hub leaves it alone for five seconds after that. */
async function setUp(options: AgentsSetUp = {}) {
  const store = createMemoryStore()
  let fails = false
  const failing = new Proxy(store, {
    get: (_target, name: keyof Store) =>
      fails && name !== 'subscribe' ? () => Promise.reject(new Error('no store')) : store[name],
  })
  const known = await setUpAgents({ ...options, store: failing })
  const typing = async () => (await store.typists('', [known.chatId])).map(({ actor }) => actor)
  return { ...known, typing, fail: (is: boolean) => (fails = is) }
}

const refuse = { answer: { status: 403, code: 2008 } } as const

describe('a lease that could not be given back', () => {
  it('is given back when the store answers again, though nobody types any more', async () => {
    const { start, stop, typing, fail } = await setUp()
    await start('ada')
    fail(true)
    expect((await stop('ada')).status).toBe(204)
    await vi.advanceTimersByTimeAsync(20_000)
    fail(false)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await typing()).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leaves a chat without a lease, which then sends the stop that it owes', async () => {
    let isRefused = false
    const { start, stop, calls, sees, typing, fail } = await setUp({
      network: ({ action }) => {
        if (action === 'stop' || !isRefused) return undefined
        // The lease is taken, and the store fails while Linq refuses.
        fail(true)
        return refuse
      },
    })
    await start('ada')
    await start('bob')
    await vi.advanceTimersByTimeAsync(10)
    await stop('ada')
    expect(sees()).toBe(true)
    isRefused = true
    expect((await start('bob')).status).toBe(403)
    fail(false)
    await vi.advanceTimersByTimeAsync(6_000)
    expect(await typing()).toEqual([])
    expect(calls()).toEqual(['start', 'start', 'start', 'stop'])
  })
})

describe('a message that the hub was told of while its store failed', () => {
  it('ends its sender’s lease when the store answers again, and none that was taken later', async () => {
    const { hub, chatId, start, stop, typing, fail } = await setUp()
    for (const actor of ['ada', 'bob', 'eve']) await start(actor)
    fail(true)
    await hub.sent(chatId, { actor: 'ada', id: '1' })
    await hub.sent(chatId, { actor: 'bob' })
    fail(false)
    await vi.advanceTimersByTimeAsync(4_999)
    expect(await typing()).toEqual(['ada', 'bob', 'eve'])
    await vi.advanceTimersByTimeAsync(1)
    expect(await typing()).toEqual(['eve'])
    await start('ada')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await typing()).toEqual(['eve', 'ada'])
    await stop('ada')
  })
})
