import { createRedisStore } from 'react-linq-typing/redis'
import { createMemoryStore, createTypingHub, type TypingStore } from 'react-linq-typing/server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { StoreChange } from '../../../src/server/hub/typingStore.js'
import {
  clients,
  hasRedis,
  startRedis,
  type ConnectedClient,
  type RedisServer,
} from '../../redis/redisServer.js'
import { linqEvent, message, started, stopped } from '../webhook/linqCalls.js'

const handle = '+15550001'

function facts(getStore: () => TypingStore) {
  const open = (tenant = crypto.randomUUID()) => {
    const chatId = crypto.randomUUID()
    const errors: unknown[] = []
    const hub = createTypingHub({ store: getStore(), onError: (error) => errors.push(error) })
    const state = async () => (await getStore().states(tenant, [chatId]))[0]!
    const take = (actor: string) =>
      getStore().take({ tenant, chatId, actor }, { age: 0, lifetime: 60_000, max: 20 })
    return {
      tenant,
      chatId,
      hub,
      errors,
      take,
      receive: (event: Parameters<typeof hub.receive>[0], deliveredAt?: number) =>
        hub.receive(event, { tenant, deliveredAt }),
      typing: async () => (await state()).recipients.map((one) => one.handle ?? null),
      bubble: async () => (await state()).recipients[0],
      agents: async () => (await state()).agents.map(({ actor }) => actor),
    }
  }
  /** Hears what a tenant's pages are told, until the end of the test. */
  const heard = async (tenant: string) => {
    const changes: StoreChange[] = []
    await new Promise<void>((resolve) => {
      getStore().subscribe(tenant, (change) => changes.push(change), resolve)
    })
    return changes
  }

  it('a recipient who types is shown until they stop, or their message comes', async () => {
    const { chatId, receive, typing } = open()
    await receive(started(chatId, { handle, age: 3_000 }))
    expect(await typing()).toEqual([handle])
    await receive(stopped(chatId, { handle, age: 2_000 }))
    expect(await typing()).toEqual([])
    await receive(started(chatId, { age: 1_000 }))
    expect(await typing()).toEqual([null])
    await receive(message('received', chatId))
    expect(await typing()).toEqual([])
  })

  it('a message of ours that a webhook tells ends the leases of all, if the host never names senders', async () => {
    const { chatId, receive, take, agents, errors } = open()
    await take('ada')
    await take('bob')
    await receive(message('sent', chatId))
    expect(errors).toEqual([])
    expect(await agents()).toEqual([])
  })

  it('a message of ours ends the lease of its sender alone, if the host named them before the webhook came', async () => {
    const { chatId, tenant, hub, receive, take, agents } = open()
    await take('ada')
    await take('bob')
    await hub.sent(chatId, { actor: 'ada', id: 'one', tenant })
    await receive(message('sent', chatId, { messageId: 'one' }))
    await receive(message('delivered', chatId, { messageId: 'one' }))
    expect(await agents()).toEqual(['bob'])
  })

  it('a message ends the bubble of a chat of two, whatever address it comes from, and of its sender in a group', async () => {
    for (const { isGroup, left } of [
      { isGroup: false, left: [] },
      { isGroup: true, left: [handle] },
    ]) {
      const { chatId, receive, typing } = open()
      await receive(started(chatId, { handle, age: 2_000 }))
      await receive(message('received', chatId, { handle: 'ada@example.com', isGroup, age: 1_000 }))
      expect(await typing()).toEqual(left)
      await receive(message('received', chatId, { handle, isGroup }))
      expect(await typing()).toEqual([])
    }
  })

  it('a bubble ends 90 s after the recipient’s last sign, however late that came', async () => {
    const { chatId, receive, bubble } = open()
    await receive(started(chatId, { age: 60_000 }))
    expect((await bubble())!.age).toBeGreaterThanOrEqual(60_000)
    expect((await bubble())!.endsIn).toBeLessThanOrEqual(30_000)
    expect((await bubble())!.endsIn).toBeGreaterThan(10_000)
  })

  it('a sign counts as old as it was when it was delivered, by the clock of who tells it', async () => {
    const { chatId, receive, bubble } = open()
    const event = started(chatId, { age: 3_600_000 })
    await receive(event, Date.parse(event.created_at) + 20_000)
    expect((await bubble())!.endsIn).toBeLessThanOrEqual(70_000)
    expect((await bubble())!.endsIn).toBeGreaterThan(50_000)
  })

  it.each([90_500, 600_000, -91_000])('a sign from %d ms ago is dropped', async (age) => {
    const { chatId, receive, typing } = open()
    await receive(started(chatId, { age }))
    expect(await typing()).toEqual([])
    await receive(started(chatId))
    await receive(stopped(chatId, { age }))
    expect(await typing()).toEqual([null])
  })

  it('signs in any order end as they happened', async () => {
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ] as const) {
      const { chatId, receive, typing } = open()
      const events = [
        started(chatId, { age: 3_000, handle }),
        message('received', chatId, { age: 2_000, handle }),
        started(chatId, { age: 1_000, handle }),
      ]
      for (const index of order) await receive(events[index]!)
      expect([order, await typing()]).toEqual([order, [handle]])

      const ended = open()
      const ends = [
        started(ended.chatId, { age: 3_000, handle }),
        stopped(ended.chatId, { age: 2_000, handle }),
        message('received', ended.chatId, { age: 1_000, handle }),
      ]
      for (const index of order) await ended.receive(ends[index]!)
      expect([order, await ended.typing()]).toEqual([order, []])
    }
  })

  it('an event counts once, however many servers are told of it at once', async () => {
    const { tenant, chatId } = open()
    const changes = await heard(tenant)
    const event = started(chatId)
    const hubs = Array.from({ length: 4 }, () => createTypingHub({ store: getStore() }))
    await Promise.all(hubs.map((hub) => hub.receive(event, { tenant })))
    await hubs[0]!.receive(stopped(chatId, { age: -10 }), { tenant })
    await vi.waitFor(() => expect(changes.at(-1)?.type).toBe('recipient-idle'), { timeout: 20_000 })
    expect(changes.map(({ type }) => type)).toEqual(['recipient-typing', 'recipient-idle'])
  })

  it('a message of ours ends the leases that were taken before it, and is told once', async () => {
    const { tenant, chatId, hub, take, receive, agents } = open()
    const changes = await heard(tenant)
    for (const actor of ['ada', 'bob']) await take(actor)
    const messageId = crypto.randomUUID()
    await Promise.all([
      receive(message('sent', chatId, { messageId })),
      receive(message('delivered', chatId, { messageId })),
      hub.sent(chatId, { tenant, id: messageId }),
    ])
    expect(await agents()).toEqual([])
    await receive(message('delivered', chatId, { messageId }))
    await receive(started(chatId))
    await vi.waitFor(() => expect(changes.at(-1)?.type).toBe('recipient-typing'), { timeout: 20_000 })
    expect(changes.filter(({ type }) => type === 'message')).toMatchObject([{ chatId, id: messageId }])
  })

  it('a message of ours ends no lease that was taken after it', async () => {
    const { chatId, take, receive, agents } = open()
    await take('ada')
    await receive(message('sent', chatId, { age: 5_000 }))
    expect(await agents()).toEqual(['ada'])
  })

  it('reports a message of ours even if its webhook is 9 s late', async () => {
    const { tenant, chatId, take, receive, agents } = open()
    const changes = await heard(tenant)
    await take('ada')
    await receive(message('sent', chatId, { age: 9_000, messageId: 'late' }))
    expect(await agents()).toEqual(['ada'])
    await vi.waitFor(() => expect(changes.at(-1)).toMatchObject({ type: 'message', id: 'late' }), 20_000)
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'chat.typing_indicator.started'],
    ['an event without an id', { event_type: 'message.received' }],
    ['an event of another kind', linqEvent('phone_number.status_updated', {})],
    ['an event without data', linqEvent('chat.typing_indicator.started', {})],
    ['an event of a chat that is none', started('../../x')],
  ])('%s is ignored', async (_what, event) => {
    const { hub, errors } = open()
    await expect(hub.receive(event as never)).resolves.toBeUndefined()
    await expect(hub.receive(event as never, null)).resolves.toBeUndefined()
    expect(errors).toEqual([])
  })

  it('a tenant that is none is told to onError', async () => {
    const { chatId, hub, errors } = open()
    await expect(hub.receive(started(chatId), { tenant: 'x'.repeat(129) })).resolves.toBeUndefined()
    expect(errors).toEqual([expect.objectContaining({ name: 'TypeError' })])
    expect(String(errors[0])).toContain('hub.receive was given a string of 129 characters as tenant')
  })

  it('chats of tenants are kept apart', async () => {
    const { chatId, hub, receive, typing } = open()
    await hub.receive(started(chatId))
    await hub.receive(started(chatId), { tenant: 'another' })
    expect(await typing()).toEqual([])
    await receive(started(chatId))
    expect(await typing()).toEqual([null])
  })
}

describe('a hub before a store in memory receives events:', () => {
  const store = createMemoryStore()
  facts(() => store)
})

describe.skipIf(!hasRedis)('a hub before a store in Redis receives events:', () => {
  let server: RedisServer
  let client: ConnectedClient
  let store: TypingStore
  beforeAll(async () => {
    server = await startRedis()
    client = await clients.ioredis(server.port)
    store = createRedisStore(client)
  })
  afterAll(async () => {
    client.close()
    await server.kill()
  })
  facts(() => store)
})

describe('as time passes', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it.each([
    { age: 8_000, left: [] },
    { age: 8_001, left: ['ada'] },
  ])('a message of ours of $age ms ago leaves the leases of $left', async ({ age, left }) => {
    const store = createMemoryStore()
    const chatId = crypto.randomUUID()
    await store.take({ tenant: '', chatId, actor: 'ada' }, { age: 0, lifetime: 60_000, max: 20 })
    await vi.advanceTimersByTimeAsync(20_000)
    await createTypingHub({ store }).receive(message('sent', chatId, { age }))
    expect((await store.typists('', [chatId])).map(({ actor }) => actor)).toEqual(left)
  })

  it('an event may come again after half an hour, too old to count', async () => {
    const store = createMemoryStore()
    const hear = vi.spyOn(store, 'hear')
    const hub = createTypingHub({ store })
    const event = started(crypto.randomUUID())
    await hub.receive(event)
    await vi.advanceTimersByTimeAsync(1_700_000)
    await hub.receive(event, { deliveredAt: Date.parse(event.created_at) })
    expect(hear).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(1_900_000)
    await hub.receive(event)
    expect(hear).toHaveBeenCalledOnce()
    await hub.receive({ ...event, event_id: 'another' }, { deliveredAt: Date.parse(event.created_at) })
    expect(hear).toHaveBeenCalledTimes(2)
  })
})

describe('before a store whose commands overtake each other', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('an event counts once, also where it came twice at once', async () => {
    const store = createMemoryStore()
    const { remember } = store
    const hear = vi.spyOn(store, 'hear')
    const delays = [20, 10]
    store.remember = async (...fact) => {
      await new Promise((resolve) => setTimeout(resolve, delays.shift() ?? 0))
      return remember(...fact)
    }
    const hub = createTypingHub({ store })
    const event = started(crypto.randomUUID())
    const both = Promise.all([hub.receive(event), hub.receive(event)])
    await vi.advanceTimersByTimeAsync(100)
    await both
    expect(hear).toHaveBeenCalledOnce()
  })
})

describe('while the store fails', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('no event is waited for longer than a second, and the outage is told once', async () => {
    const store = { ...createMemoryStore(), remember: () => new Promise<boolean>(() => {}) }
    const onError = vi.fn()
    const hub = createTypingHub({ store, onError })
    const chatId = crypto.randomUUID()
    let isDone = false
    const all = Promise.all([started, stopped].map((event) => hub.receive(event(chatId))))
    void all.then(() => (isDone = true))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(isDone).toBe(true)
    expect(onError).toHaveBeenCalledOnce()
  })
})
