import { createMemoryStore } from 'react-linq-typing/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { guardStore } from '../../../src/server/hub/guardedStore.js'

const chat = { tenant: '', chatId: '1' }
const roomy = { lifetime: 60_000, max: 20 }

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
      await guarded.giveBack({ ...chat, arrivedAt: performance.now() }, { owes: 0 })
      const isHeld = await guarded.take({ ...chat, actor: 'ada', arrivedAt: performance.now() }, roomy)
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

describe('the date of a command (row 129)', () => {
  /** A store that each command reaches after a time, and the dates that it gives to them. */
  function setUp() {
    const store = createMemoryStore()
    const startedAt = performance.now()
    let way = 0
    let state: 'answers' | 'is silent' | 'fails' = 'answers'
    const dates: number[] = []
    const slow =
      <Place, Options extends { age: number }, Result>(
        command: (...args: [Place, Options]) => Promise<Result>,
      ) =>
      async (...args: [Place, Options]): Promise<Result> => {
        const [now, duration] = [state, way]
        if (now === 'fails') throw new Error('down')
        if (duration > 0) await new Promise((resolve) => setTimeout(resolve, duration))
        dates.push(performance.now() - startedAt - args[1].age)
        const result = await command(...args)
        return now === 'answers' ? result : new Promise(() => undefined)
      }
    const guarded = guardStore({
      ...store,
      take: slow(store.take),
      giveBack: slow(store.giveBack),
      clear: slow(store.clear),
    })
    const callAt = (time: number) => ({ ...chat, actor: 'ada', arrivedAt: startedAt + time })
    return {
      take: (time: number) => guarded.take(callAt(time), roomy),
      giveBack: (time: number) => guarded.giveBack(callAt(time), { owes: 0 }),
      sent: (time: number) => guarded.clear(callAt(time), { age: performance.now() - startedAt - time }),
      /** What another server asks of the same store, on time. */
      takeElsewhere: () => store.take(callAt(0), { ...roomy, age: 0 }),
      become: (what: typeof state, duration = 0) => {
        state = what
        way = duration
      },
      dates,
      typists: () => store.typists('', ['1']),
    }
  }
  const wait = (duration: number) => vi.advanceTimersByTimeAsync(duration)

  it('is when its call came, but later than that of the command before it', async () => {
    const { take, giveBack, become, dates } = setUp()
    become('answers', 100)
    void take(0)
    await wait(250)
    become('answers')
    expect(await giveBack(50)).toMatchObject({ isStale: false })
    await wait(100)
    expect(await take(350)).toBe(true)
    expect(dates).toEqual([100, 101, 350])
  })

  it('is never in the future', async () => {
    const { take, giveBack, dates } = setUp()
    for (let time = 0; time < 3; time++) {
      expect(await take(0)).toBe(true)
      expect(await giveBack(0)).toMatchObject({ isStale: false })
    }
    expect(dates).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('is before that of a command whose call came later, though it is sent after that', async () => {
    const { take, giveBack, become } = setUp()
    await wait(100)
    become('answers', 100)
    void take(50)
    await wait(100)
    become('answers')
    expect(await giveBack(0)).toMatchObject({ isStale: true })
    expect(await giveBack(60)).toMatchObject({ isStale: false })
  })

  it('allows half a second for a command before it that was never answered', async () => {
    const { take, giveBack, become, typists } = setUp()
    become('is silent', 400)
    void take(0)
    await wait(6_000)
    become('answers')
    expect(await typists()).toHaveLength(1)
    expect(await giveBack(0)).toMatchObject({ isStale: false })
    expect(await typists()).toEqual([])
  })

  it('stays the same when the command is repeated, however often it failed', async () => {
    const { take, giveBack, takeElsewhere, become, typists } = setUp()
    expect(await take(0)).toBe(true)
    await wait(1_000)
    become('fails')
    expect(await giveBack(1_000)).toBeUndefined()
    await wait(400)
    expect(await takeElsewhere()).toBe(true)
    await wait(20_000)
    become('answers')
    await wait(6_000)
    expect(await typists()).toHaveLength(1)
  })

  it.each([
    ['ends a lease that was taken late', 1_300, []],
    ['leaves a lease that was asked for after it', 900, [{ actor: 'ada' }]],
  ])('of a message that was missed %s', async (_, sentAt, typists) => {
    const known = setUp()
    await wait(1_000)
    known.become('answers', 450)
    // It had to wait for its turn.
    void known.take(0)
    await wait(300)
    known.become('fails')
    await known.sent(sentAt)
    await wait(48_000)
    known.become('answers')
    await wait(6_000)
    expect(await known.typists()).toMatchObject(typists)
  })
})
