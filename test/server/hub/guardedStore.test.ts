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

describe('what the other side does during an outage', () => {
  it.each([
    ['a message ends their bubble', 'message', []],
    ['a start shows it', 'typing', [{ handle: '+1' }]],
  ] as const)('is known once it is over: %s', async (_, type, recipients) => {
    const store = createMemoryStore()
    let isDown = false
    const quiet: typeof store.quiet = (...args) =>
      isDown ? Promise.reject(new Error('down')) : store.quiet(...args)
    const guarded = guardStore({ ...store, quiet })
    const sign = (what: 'typing' | 'message', at: number) => ({
      type: what,
      handle: '+1',
      at,
      age: 0,
      id: 'm',
    })
    if (type === 'message') await guarded.hear(chat, sign('typing', Date.now()), 90_000)
    isDown = true
    await guarded.quiet()
    isDown = false
    vi.advanceTimersByTime(1_000)
    expect(await guarded.hear(chat, sign(type, Date.now()), 90_000)).toBeUndefined()
    await vi.advanceTimersByTimeAsync(5_000)
    expect((await store.states('', ['1']))[0]!.recipients).toMatchObject(recipients)
    await vi.advanceTimersByTimeAsync(85_500)
    expect((await store.states('', ['1']))[0]!.recipients).toEqual([])
  })
})

describe('a store that answers, but does not listen', () => {
  it('is told once, until one listens', async () => {
    const onDeaf = vi.fn<(error: unknown) => void>()
    let listen: (() => void) | undefined
    const subscribe = (_tenant: string, _listener: unknown, onListening?: () => void) => {
      listen = onListening
      return () => undefined
    }
    const guarded = guardStore({ ...createMemoryStore(), subscribe }, { onDeaf })
    const stops = ['acme', 'other'].map((tenant) => guarded.subscribe(tenant, () => undefined))
    await vi.advanceTimersByTimeAsync(9_999)
    expect(onDeaf).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(onDeaf.mock.calls).toEqual([
      [expect.objectContaining({ message: expect.stringContaining('right to SUBSCRIBE') as string })],
    ])
    listen?.()
    guarded.subscribe('third', () => undefined)()
    for (const stop of stops) stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(onDeaf).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is not told of one that listens in time', async () => {
    const onDeaf = vi.fn()
    const onListening = vi.fn()
    const stop = guardStore(createMemoryStore(), { onDeaf }).subscribe('', () => undefined, onListening)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(onListening).toHaveBeenCalled()
    expect(onDeaf).not.toHaveBeenCalled()
    stop()
  })
})
