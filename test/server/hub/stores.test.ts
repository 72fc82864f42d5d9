import { createRedisStore, type RedisStore } from 'react-linq-typing/redis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryStore } from '../../../src/server/hub/memoryStore.js'
import type { StoreChange, StoredChat, TypingStore } from '../../../src/server/hub/typingStore.js'
import {
  clients,
  clusterClients,
  hasRedis,
  onBusyMachine,
  startRedis,
  type ConnectedClient,
  type RedisServer,
} from '../../redis/redisServer.js'
import { recipientFacts } from './recipientFacts.js'

const lifetime = 90_000
const roomy = { age: 0, lifetime, max: 20 }
let chats = 0
/** A chat that no other test knows. */
const newChat = (tenant = 'acme'): StoredChat => ({ tenant, chatId: `chat ${++chats}` })
const alone = { isStale: false, others: 0, lapsesIn: 0, isOwed: false }

/** Looks again and again until it holds, without a wait that could be too short. */
const soon = <Result>(look: () => Result) => vi.waitFor(look, { timeout: 20_000, interval: 5 })

function facts(getStore: () => TypingStore) {
  const take = (chat: StoredChat, actor: string, options: Partial<typeof roomy> & { name?: string } = {}) => {
    const { name, ...rest } = options
    return getStore().take({ ...chat, actor, name }, { ...roomy, ...rest })
  }
  const giveBack = (chat: StoredChat, actor?: string, { age = 0, owes = 0 } = {}) =>
    getStore().giveBack({ ...chat, actor }, { age, owes })
  const typists = async ({ tenant, chatId }: StoredChat) =>
    (await getStore().typists(tenant, [chatId])).map(({ actor }) => actor)

  describe('a lease', () => {
    it('is taken, renewed, and listed with its name, its age and what is left of it', async () => {
      const chat = newChat()
      expect(await take(chat, 'ada', { name: 'Ada' })).toBe(true)
      expect(await take(chat, 'ada', { name: 'Ada L.', lifetime: 50_000 })).toBe(true)
      const [typist, ...others] = await getStore().typists('acme', [chat.chatId])
      expect(others).toEqual([])
      expect(typist).toMatchObject({ chatId: chat.chatId, actor: 'ada', name: 'Ada L.' })
      expect(typist!.endsIn).toBeGreaterThan(30_000)
      expect(typist!.endsIn).toBeLessThanOrEqual(50_000)
      expect(typist!.age).toBeGreaterThanOrEqual(0)
      expect(typist!.age).toBeLessThan(20_000)
    })

    it('keeps the time since when its holder types when it is renewed', async () => {
      const chat = newChat()
      await take(chat, 'ada')
      const ageOf = async () => (await getStore().typists('acme', [chat.chatId]))[0]!.age
      await soon(async () => expect(await ageOf()).toBeGreaterThan(20))
      await take(chat, 'ada')
      expect(await ageOf()).toBeGreaterThan(20)
    })

    it('is refused to one more than the chat may have, and renewed for one who has it', async () => {
      const chat = newChat()
      expect(await take(chat, 'ada', { max: 2 })).toBe(true)
      expect(await take(chat, 'bob', { max: 2 })).toBe(true)
      expect(await take(chat, 'eve', { max: 2 })).toBe(false)
      expect(await take(chat, 'bob', { max: 2 })).toBe(true)
      await giveBack(chat, 'ada')
      expect(await take(chat, 'eve', { max: 2 })).toBe(true)
    })

    it('is not taken by a call that arrived before what its actor did last', async () => {
      const chat = newChat()
      await giveBack(chat, 'ada', { age: 1_000 })
      expect(await take(chat, 'ada', { age: 5_000 })).toBe('stale')
      expect(await take(chat, 'bob', { age: 5_000 })).toBe(true)
      expect(await take(chat, 'ada')).toBe(true)
    })

    it('is not given back by a call that arrived before it was taken', async () => {
      const chat = newChat()
      await take(chat, 'ada')
      expect(await giveBack(chat, 'ada', { age: 1_000 })).toMatchObject({ isStale: true, takes: 1 })
      expect(await typists(chat)).toEqual(['ada'])
    })

    it('lapses by itself', async () => {
      const chat = newChat()
      await take(chat, 'ada', { lifetime: 1, max: 1 })
      await soon(async () => expect(await typists(chat)).toEqual([]))
      expect(await take(chat, 'bob', { max: 1 })).toBe(true)
      expect(await giveBack(chat, 'bob')).toEqual({ ...alone, takes: 2 })
    })

    it('belongs to one chat of one tenant', async () => {
      const chat = newChat('a')
      const twin = { ...chat, tenant: 'b' }
      await take(chat, 'ada', { max: 1 })
      expect(await take(twin, 'bob', { max: 1 })).toBe(true)
      expect(await typists(chat)).toEqual(['ada'])
      expect(await typists(twin)).toEqual(['bob'])
    })
  })

  describe('a lease given back', () => {
    it('leaves a chat that nobody holds', async () => {
      const chat = newChat()
      await take(chat, 'ada')
      expect(await giveBack(chat, 'ada', { owes: lifetime })).toEqual({ ...alone, takes: 1 })
      expect(await giveBack(chat, 'ada')).toEqual({ ...alone, takes: 1 })
    })

    it('tells of a chat that never had one', async () => {
      expect(await giveBack(newChat(), 'ada')).toEqual({ ...alone, takes: 0 })
      expect(await giveBack(newChat())).toEqual({ ...alone, takes: 0 })
    })

    it('tells how many others there are, and when the last of them lapses', async () => {
      const chat = newChat()
      await take(chat, 'ada')
      await take(chat, 'bob', { lifetime: 40_000 })
      await take(chat, 'eve', { lifetime: 60_000 })
      const departure = await giveBack(chat, 'ada')
      expect(departure).toMatchObject({ isStale: false, others: 2, isOwed: false, takes: 3 })
      expect(departure.lapsesIn).toBeGreaterThan(40_000)
      expect(departure.lapsesIn).toBeLessThanOrEqual(60_000)
    })

    it('lets the chat owe a stop while others hold one, until a stop is settled', async () => {
      const chat = newChat()
      await take(chat, 'ada')
      await take(chat, 'bob')
      expect(await giveBack(chat, 'ada', { owes: lifetime })).toMatchObject({ others: 1, isOwed: true })
      expect(await giveBack(chat, 'bob')).toEqual({ ...alone, isOwed: true, takes: 2 })
      await getStore().settle(chat, 2)
      expect(await giveBack(chat)).toEqual({ ...alone, takes: 2 })
    })

    it('still owes a stop after others left who owe none', async () => {
      const chat = newChat()
      for (const actor of ['ada', 'bob', 'eve']) await take(chat, actor)
      await giveBack(chat, 'ada', { owes: lifetime })
      expect(await giveBack(chat, 'bob')).toMatchObject({ others: 1, isOwed: true })
    })

    it('owes a stop no longer than asked', async () => {
      const chat = newChat()
      await take(chat, 'ada')
      await take(chat, 'bob')
      await giveBack(chat, 'ada', { owes: 1 })
      await soon(async () => expect(await giveBack(chat)).toMatchObject({ others: 1, isOwed: false }))
    })

    it('owes nothing new after a call that came too late', async () => {
      const chat = newChat()
      await take(chat, 'ada')
      await take(chat, 'bob')
      expect(await giveBack(chat, 'ada', { age: 60_000, owes: lifetime })).toMatchObject({ isOwed: false })
    })
  })

  describe('a stop that reached Linq', () => {
    it('tells whether somebody took a lease since it was decided, and holds it', async () => {
      const chat = newChat()
      await take(chat, 'ada')
      const { takes } = await giveBack(chat, 'ada')
      expect(await getStore().settle(chat, takes)).toBe(false)
      await take(chat, 'bob')
      expect(await getStore().settle(chat, takes)).toBe(true)
      await giveBack(chat, 'bob')
      expect(await getStore().settle(chat, takes)).toBe(false)
    })

    it('tells nothing of a chat that is not known', async () => {
      expect(await getStore().settle(newChat(), 0)).toBe(false)
    })
  })

  describe('a message', () => {
    it("ends its actor's lease, and what the chat owes", async () => {
      const chat = newChat()
      for (const actor of ['ada', 'bob', 'eve']) await take(chat, actor)
      await giveBack(chat, 'eve', { owes: lifetime })
      await getStore().clear({ ...chat, actor: 'ada' }, { age: 0 })
      expect(await typists(chat)).toEqual(['bob'])
      expect(await giveBack(chat)).toMatchObject({ others: 1, isOwed: false })
    })

    it('ends all leases if its actor is not known', async () => {
      const chat = newChat()
      for (const actor of ['ada', 'bob']) await take(chat, actor)
      await getStore().clear(chat, { age: 0 })
      expect(await typists(chat)).toEqual([])
    })

    it('ends only leases that were taken before it', async () => {
      const chat = newChat()
      for (const actor of ['ada', 'bob']) await take(chat, actor)
      await getStore().clear(chat, { age: 60_000 })
      expect((await typists(chat)).sort()).toEqual(['ada', 'bob'])
    })
  })

  describe('a limit', () => {
    const limit = (key: string, max: number) => ({ key: `start\nacme\n${key}`, max })

    it('lets as many calls pass as it says, then tells for how long to wait', async () => {
      const limits = [limit('a', 3)]
      for (let call = 0; call < 3; call++) expect(await getStore().count(limits)).toBe(0)
      const wait = await getStore().count(limits)
      expect(wait).toBeGreaterThan(30_000)
      expect(wait).toBeLessThanOrEqual(60_000)
    })

    it('is counted beside others, each by its own key', async () => {
      const [all, one, two] = [limit('b', 3), limit('b\nchat 1', 1), limit('b\nchat 2', 5)]
      expect(await getStore().count([all, one])).toBe(0)
      expect(await getStore().count([all, one])).toBeGreaterThan(0)
      expect(await getStore().count([all, two])).toBe(0)
      expect(await getStore().count([all, two])).toBeGreaterThan(0)
      expect(await getStore().count([two])).toBe(0)
    })

    it('is told apart whatever is in its key', async () => {
      for (const key of ['c', 'c\n', 'c\n\n', 'c:', 'c}', '{c}', 'c\nd', 'c:d', 'c\n{d}'])
        expect([key, await getStore().count([limit(key, 1)])]).toEqual([key, 0])
    })

    it('lets everything pass where there is none', async () => {
      expect(await getStore().count([])).toBe(0)
    })
  })

  it('a quiet time is as long as the longest that was asked for', async () => {
    expect(await getStore().quiet()).toBe(0)
    await getStore().hush(0)
    await getStore().hush(1)
    await soon(async () => expect(await getStore().quiet()).toBe(0))
    await getStore().hush(50_000)
    await getStore().hush(1_000)
    const quiet = await getStore().quiet()
    expect(quiet).toBeGreaterThan(30_000)
    expect(quiet).toBeLessThanOrEqual(50_000)
    await getStore().hush(80_000)
    expect(await getStore().quiet()).toBeGreaterThan(50_000)
  })

  it('a quiet time is one tenant’s, or that of those without a tenant', async () => {
    await getStore().hush(50_000, 'noisy')
    expect(await getStore().quiet('noisy')).toBeGreaterThan(30_000)
    expect(await getStore().quiet('calm')).toBe(0)
    await getStore().hush(200_000)
    expect(await getStore().quiet('')).toBeGreaterThan(150_000)
    expect(await getStore().quiet('noisy')).toBeLessThanOrEqual(50_000)
  })

  it('a fact is new once, and known until its time is up', async () => {
    expect(await getStore().knows('a message')).toBe(false)
    expect(await getStore().remember('a message', lifetime)).toBe(true)
    expect(await getStore().remember('a message', lifetime)).toBe(false)
    expect(await getStore().knows('a message')).toBe(true)
    expect(await getStore().knows('a message ')).toBe(false)
    await getStore().remember('a message', 1.5)
    await soon(async () => expect(await getStore().knows('a message')).toBe(false))
  })

  it('typists are listed for many chats at once, those who began first in front', async () => {
    const many = Array.from({ length: 250 }, () => newChat('many'))
    const busy = many.filter((_, index) => index % 60 === 7)
    for (const chat of busy) for (const actor of ['zoe', 'ada']) await take(chat, actor)
    const found = await getStore().typists(
      'many',
      many.map(({ chatId }) => chatId),
    )
    expect(found.map(({ chatId, actor }) => [chatId, actor])).toEqual(
      busy.flatMap(({ chatId }) => [
        [chatId, 'zoe'],
        [chatId, 'ada'],
      ]),
    )
    expect(await getStore().typists('many', [])).toEqual([])
  })

  it.each([
    '\n',
    ':',
    '}',
    '{',
    '{}',
    '"',
    '\\',
    ' ',
    '%',
    '\0',
    '🙂',
    '\ud83d',
    'l',
    'takes',
    'é',
    '__proto__',
  ])('actors, names, chats and tenants may hold %j', async (odd) => {
    const chat = { tenant: `odd${odd}`, chatId: `${odd}${++chats}${odd}` }
    const actor = odd.repeat(128).slice(0, 128)
    const heard: StoreChange[] = []
    const stop = await listenTo(getStore(), chat.tenant, (change) => heard.push(change))
    await take(chat, actor, { name: odd })
    await take(chat, `${actor}x`, { name: '' })
    expect(await getStore().typists(chat.tenant, [chat.chatId])).toMatchObject([
      { chatId: chat.chatId, actor, name: odd },
      { chatId: chat.chatId, actor: `${actor}x`, name: '' },
    ])
    expect(await getStore().typists('odd', [chat.chatId])).toEqual([])
    await getStore().clear({ ...chat, actor, id: odd }, { age: 0 })
    expect(await typists(chat)).toEqual([`${actor}x`])
    await soon(() =>
      expect(heard).toMatchObject([
        { type: 'typing', chatId: chat.chatId, actor, name: odd },
        { type: 'typing', chatId: chat.chatId, actor: `${actor}x`, name: '' },
        { type: 'idle', chatId: chat.chatId, actor },
        { type: 'message', chatId: chat.chatId, actor, id: odd },
      ]),
    )
    stop()
  })

  it("changes are told to whoever listens to their tenant's, until they stop", async () => {
    const [here, there] = [newChat('here'), newChat('there')]
    const heard: Record<'here' | 'too' | 'there', StoreChange[]> = { here: [], too: [], there: [] }
    const stop = await listenTo(getStore(), 'here', (change) => heard.here.push(change))
    const stopToo = await listenTo(getStore(), 'here', (change) => heard.too.push(change))
    const stopThere = await listenTo(getStore(), 'there', (change) => heard.there.push(change))
    await take(here, 'ada', { lifetime: 50_000 })
    await take(there, 'bob', { name: 'Bob' })
    await take(here, 'ada', { age: 60_000 })
    await giveBack(here, 'ada')
    await giveBack(here, 'ada')
    await getStore().clear(here, { age: 0 })
    const { chatId } = here
    const told = [
      { type: 'typing', chatId, actor: 'ada', age: 0, endsIn: 50_000 },
      { type: 'idle', chatId, actor: 'ada' },
      { type: 'message', chatId },
    ]
    await soon(() => expect(heard.here.map(withoutGaps)).toEqual(told))
    await soon(() => expect(heard.too.map(withoutGaps)).toEqual(told))
    const bob = { type: 'typing', chatId: there.chatId, actor: 'bob', name: 'Bob', age: 0, endsIn: lifetime }
    await soon(() => expect(heard.there.map(withoutGaps)).toEqual([bob]))
    stop()
    await take(here, 'ada')
    await soon(() => expect(heard.too).toHaveLength(4))
    expect(heard.here).toHaveLength(3)
    stopToo()
    stopThere()
  })
}

/** `undefined` and left out are the same to a listener. Versions have a test of their own. */
const withoutGaps = (change: StoreChange) => {
  const { version, ...rest } = JSON.parse(JSON.stringify(change)) as StoreChange
  expect(version).toBeGreaterThan(0)
  return rest
}

/** Listens, and waits until it does. */
async function listenTo(store: TypingStore, tenant: string, listener: (change: StoreChange) => void) {
  return new Promise<() => void>((resolve) => {
    const stop = store.subscribe(tenant, listener, () => resolve(stop))
  })
}

describe('a store in memory', () => {
  const store = createMemoryStore()
  facts(() => store)
  recipientFacts(() => store, listenTo)

  describe('as time passes', () => {
    beforeEach(() => vi.useFakeTimers())
    afterEach(() => vi.useRealTimers())
    const isOwed = async (chat: StoredChat) => (await store.giveBack(chat, { age: 0, owes: 0 })).isOwed
    /** Ada and Bob type; Ada's stop was withheld 10 s later. */
    const owing = async () => {
      const chat = newChat()
      for (const actor of ['ada', 'bob']) await store.take({ ...chat, actor }, roomy)
      await vi.advanceTimersByTimeAsync(10_000)
      await store.giveBack({ ...chat, actor: 'ada' }, { age: 0, owes: lifetime })
      return chat
    }

    it('a message leaves a stop owed that was withheld after it', async () => {
      const chat = await owing()
      await store.clear({ ...chat, actor: 'ada' }, { age: 1_000 })
      expect(await isOwed(chat)).toBe(true)
      await store.clear({ ...chat, actor: 'ada' }, { age: 0 })
      expect(await isOwed(chat)).toBe(false)
    })

    it('a message leaves a stop owed where a start came after it', async () => {
      const chat = await owing()
      await vi.advanceTimersByTimeAsync(2_000)
      await store.take({ ...chat, actor: 'bob' }, roomy)
      await store.clear(chat, { age: 1_000 })
      expect(await isOwed(chat)).toBe(true)
      await store.clear(chat, { age: 0 })
      expect(await isOwed(chat)).toBe(false)
    })

    it('a state has a version of its own within the very moment of a change', async () => {
      const chat = newChat('moment')
      const versions: number[] = []
      store.subscribe('moment', ({ version }) => versions.push(version))
      for (let turn = 0; turn < 3; turn++) {
        await store.take({ ...chat, actor: 'ada' }, roomy)
        versions.push((await store.states('moment', [chat.chatId]))[0]!.version)
      }
      expect(versions).toHaveLength(6)
      expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b))
    })
  })
})

const places = [
  { place: 'Redis', isCluster: false, connections: clients },
  { place: 'a cluster of Redis', isCluster: true, connections: clusterClients },
].flatMap(({ connections, ...place }) =>
  Object.entries(connections).map(([name, connect]) => ({ ...place, name, connect })),
)

describe.skipIf(!hasRedis).each(places)(
  'a store in $place, by the package $name',
  ({ isCluster, connect }) => {
    let server: RedisServer
    let connected: ConnectedClient | undefined
    let store: RedisStore

    beforeAll(async () => {
      server = await startRedis({ isCluster })
      connected = await connect(server.port)
      store = onBusyMachine(createRedisStore(connected))
    })
    afterAll(async () => {
      connected?.close()
      await server.kill()
    })

    facts(() => store)
    recipientFacts(() => store, listenTo)
  },
)
