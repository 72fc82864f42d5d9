import { createMemoryStore, type TypingStore } from 'react-linq-typing/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hold, setUp, typistsOf } from './setUpStream.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a page that opens a stream', () => {
  it('is told first who types, on either side', async () => {
    const { open, agentTypes, recipientTypes } = setUp()
    await agentTypes('a', 'ada', 'Ada')
    await recipientTypes('b')
    await recipientTypes('b', '+1555')
    await vi.advanceTimersByTimeAsync(5_000)
    const page = await open()
    await page.news()
    const other = await open()
    await vi.advanceTimersByTimeAsync(0)
    expect(other.named).toEqual(['snapshot'])
    expect(other.events).toEqual([
      {
        type: 'snapshot',
        typing: [
          { chatId: 'a', who: { type: 'agent', id: 'ada', name: 'Ada' }, age: 5_000, endsIn: 55_000 },
          { chatId: 'b', who: { type: 'recipient' }, age: 5_000, endsIn: 85_000 },
          { chatId: 'b', who: { type: 'recipient', handle: '+1555' }, age: 5_000, endsIn: 85_000 },
        ],
      },
    ])
  })

  it('is told so where nobody types', async () => {
    const { open } = setUp()
    expect(await (await open()).news()).toEqual(['snapshot'])
  })

  it('is told each change once', async () => {
    const { open, agentTypes, agentStops, agentSends, recipientTypes, recipientStops, recipientSends } =
      setUp()
    const page = await open()
    await page.news()
    await agentTypes('a', 'ada')
    expect(await page.news()).toEqual(['typing a:ada'])
    await agentTypes('a', 'ada')
    expect(await page.news()).toEqual(['typing a:ada'])
    await agentStops('a', 'ada')
    expect(await page.news()).toEqual(['idle a:ada'])
    await agentTypes('a', 'ada')
    await page.news()
    await agentSends('a', 'ada', 'm1')
    expect(await page.news()).toEqual(['idle a:ada', 'message a:ada'])
    await recipientTypes('b')
    expect(await page.news()).toEqual(['typing b:recipient'])
    await recipientStops('b')
    expect(await page.news()).toEqual(['idle b:recipient'])
    await recipientTypes('b')
    await page.news()
    await recipientSends('b', 'm2')
    expect(await page.news()).toEqual(['idle b:recipient', 'message b:recipient'])
  })

  it('is told ages and remaining times when they are sent, never epochs', async () => {
    const { open, recipientTypes } = setUp()
    await recipientTypes('a')
    const page = await open()
    await page.news()
    await vi.advanceTimersByTimeAsync(10_000)
    await recipientTypes('a')
    await vi.advanceTimersByTimeAsync(0)
    expect(page.events).toEqual([
      { type: 'typing', chatId: 'a', who: { type: 'recipient' }, age: 10_000, endsIn: 90_000 },
    ])
  })

  it('is not told of a bubble that has run out', async () => {
    const { open, agentTypes } = setUp()
    const early = await open()
    await early.news()
    await agentTypes('a', 'ada')
    await vi.advanceTimersByTimeAsync(60_000)
    const page = await open()
    expect(await page.news()).toEqual(['snapshot'])
    expect(await early.news()).toEqual(['typing a:ada'])
  })

  it('is not told of its own typing, nor of its own messages', async () => {
    const { open, agentTypes, agentStops, agentSends } = setUp()
    await agentTypes('a', 'me')
    const page = await open()
    expect(await page.news()).toEqual(['snapshot'])
    await agentTypes('b', 'me')
    await agentStops('b', 'me')
    await agentSends('a', 'me')
    expect(await page.news()).toEqual([])
  })

  it('is told again who still types after a message of somebody unknown', async () => {
    const { open, store, agentTypes } = setUp()
    const page = await open()
    await page.news()
    await vi.advanceTimersByTimeAsync(5_000)
    await agentTypes('a', 'ada')
    await page.news()
    // A message that left before Ada began.
    await store.clear({ tenant: '', chatId: 'a' }, { age: 3_000 })
    expect(await page.news()).toEqual(['message a:agent', 'typing a:ada'])
  })

  it('hears again of a bubble by nobody named that began after a message by somebody', async () => {
    const { open, store } = setUp()
    const chat = { tenant: '', chatId: 'a' }
    const page = await open()
    await page.news()
    await store.hear(chat, { type: 'typing', at: 6, age: 0 }, 90_000)
    await page.news()
    await store.hear(chat, { type: 'message', handle: '+1', at: 5, age: 0 }, 90_000)
    expect(await page.news()).toEqual(['message a:+1', 'typing a:recipient'])
  })

  it('hears nothing of another tenant', async () => {
    const { open, store } = setUp()
    const there = typistsOf(store, 'there')
    await there.agentTypes('a', 'ada')
    const page = await open({ 'X-Tenant': 'here' })
    const none = await open()
    const mate = await open({ 'X-Tenant': 'there' })
    expect(await mate.news()).toEqual(['snapshot a:ada'])
    await there.recipientTypes('a')
    expect(await page.news()).toEqual(['snapshot'])
    expect(await none.news()).toEqual(['snapshot'])
    expect(await mate.news()).toEqual(['typing a:recipient'])
  })
})

describe('a board that is loading', () => {
  it('takes a change that comes meanwhile for the later one', async () => {
    const store = createMemoryStore()
    const read = hold<undefined>()
    const slow = {
      ...store,
      states: async (...args: Parameters<typeof store.states>) => {
        const states = await store.states(...args)
        await read.promise
        return states
      },
    }
    const { open } = setUp({ store: slow })
    const { agentTypes, agentStops, recipientTypes } = typistsOf(store)
    await agentTypes('a', 'ada')
    await agentTypes('a', 'bob')
    const page = await open()
    await vi.advanceTimersByTimeAsync(1)
    await agentStops('a', 'ada')
    await agentTypes('b', 'cy')
    await recipientTypes('a')
    expect(await page.news()).toEqual([])
    read.resolve(undefined)
    expect(await page.news()).toEqual(['snapshot a:bob a:recipient b:cy'])
  })

  it('serves a thousand pages by one subscription and one reading', async () => {
    const store = createMemoryStore()
    const subscribe = vi.fn(store.subscribe)
    const activeChats = vi.fn(store.activeChats)
    const states = vi.fn(store.states)
    const { open, agentTypes } = setUp({ store: { ...store, subscribe, activeChats, states } })
    await agentTypes('a', 'ada')
    const pages = []
    for (let i = 0; i < 1_000; i++) pages.push(await open({ 'X-Actor': `agent ${i}` }))
    await vi.advanceTimersByTimeAsync(0)
    for (const { events } of pages) expect(events).toHaveLength(1)
    expect([subscribe, activeChats, states].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1])
  })

  it('is read again each time the store listens anew, and tells each page all that is so', async () => {
    const store = createMemoryStore()
    let listenAnew = () => {}
    const { open, agentTypes } = setUp({
      store: {
        ...store,
        subscribe(tenant, _listener, onListening) {
          listenAnew = onListening!
          onListening!()
          // What happens is missed.
          return () => {}
        },
      },
    })
    await agentTypes('a', 'ada')
    const page = await open()
    expect(await page.news()).toEqual(['snapshot a:ada'])
    await agentTypes('b', 'bob')
    expect(await page.news()).toEqual([])
    listenAnew()
    listenAnew()
    expect(await page.news()).toEqual(['snapshot a:ada b:bob'])
  })

  it('tells what it hears while the store fails, and all after 5 s, when it answers', async () => {
    const store = createMemoryStore()
    let isAway = true
    const { open, agentTypes, recipientTypes } = setUp({
      store: {
        ...store,
        activeChats: (tenant) => (isAway ? Promise.reject(new Error('away')) : store.activeChats(tenant)),
      },
    })
    await agentTypes('a', 'ada')
    const page = await open()
    await page.news()
    await agentTypes('b', 'bob')
    await vi.advanceTimersByTimeAsync(999)
    expect(await page.news()).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(await page.news()).toEqual(['typing b:bob'])
    await recipientTypes('b')
    expect(await page.news()).toEqual(['typing b:recipient'])
    isAway = false
    await vi.advanceTimersByTimeAsync(3_999)
    expect(await page.news()).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(await page.news()).toEqual(['snapshot a:ada b:bob b:recipient'])
  })

  it('hears a store that counts from the beginning again', async () => {
    const store = createMemoryStore()
    let tell: Parameters<typeof store.subscribe>[1] = () => {}
    let listenAnew = () => {}
    let isAway = false
    const { open } = setUp({
      store: {
        ...store,
        subscribe(_tenant, listener, onListening) {
          tell = listener
          listenAnew = onListening!
          onListening!()
          return () => {}
        },
        activeChats: async () => (isAway ? Promise.reject(new Error('away')) : []),
      },
    })
    const page = await open()
    expect(await page.news()).toEqual(['snapshot'])
    tell({ type: 'recipient-typing', chatId: 'a', version: 1_000, age: 0, endsIn: 90_000 })
    tell({ type: 'recipient-idle', chatId: 'a', version: 999 })
    expect(await page.news()).toEqual(['typing a:recipient'])
    isAway = true
    listenAnew()
    await page.news()
    tell({ type: 'recipient-idle', chatId: 'a', version: 1 })
    expect(await page.news()).toEqual(['idle a:recipient'])
  })

  it('listens to a store of the host’s that counts on its `this`', async () => {
    const store = createMemoryStore()
    const tracing = {
      ...store,
      listened: [] as string[],
      subscribe(...args: Parameters<TypingStore['subscribe']>) {
        this.listened.push(args[0])
        return store.subscribe(...args)
      },
    }
    const { open } = setUp({ store: tracing })
    const page = await open()
    await typistsOf(store).recipientTypes('a')
    expect(await page.news()).toEqual(['snapshot a:recipient'])
    await page.leave()
  })

  it('takes their bubble for ended by their message, though the store has forgotten that they typed', async () => {
    const store = createMemoryStore()
    let tell: Parameters<TypingStore['subscribe']>[1] = () => {}
    const { open } = setUp({
      store: {
        ...store,
        subscribe(tenant, listener, onListening) {
          tell = listener
          return store.subscribe(tenant, listener, onListening)
        },
      },
    })
    const page = await open()
    for (const handle of [undefined, '+1']) await typistsOf(store).recipientTypes('a', handle)
    await typistsOf(store).agentTypes('a', 'ada')
    await page.news()
    const version = performance.now() * 1_000 + 1_000
    tell({ type: 'recipient-message', chatId: 'a', handle: '+1', version })
    expect(await page.news()).toEqual(['message a:+1', 'typing a:recipient'])
    tell({ type: 'recipient-message', chatId: 'a', version: version + 1 })
    expect(await page.news()).toEqual(['message a:recipient'])
    expect(await (await open({ 'X-Actor': 'mate' })).news()).toEqual(['snapshot a:ada'])
    await page.leave()
  })

  it('is closed after its last page, and leaves no timer', async () => {
    const store = createMemoryStore()
    const unsubscribe = vi.fn()
    const { open } = setUp({
      store: {
        ...store,
        subscribe(...args) {
          const end = store.subscribe(...args)
          return () => (unsubscribe(), end())
        },
        activeChats: () => Promise.reject(new Error('away')),
      },
    })
    const [one, other] = [await open(), await open()]
    await vi.advanceTimersByTimeAsync(1_000)
    await one.leave()
    expect(unsubscribe).not.toHaveBeenCalled()
    await other.leave()
    expect(unsubscribe).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
    const again = await open()
    await again.leave()
    expect(unsubscribe).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(300)
    expect(vi.getTimerCount()).toBe(0)
  })
})
