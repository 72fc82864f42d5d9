import { once } from 'node:events'
import { Redis } from 'ioredis'
import { createRedisStore, type RedisStore } from 'react-linq-typing/redis'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  clients,
  hasRedis,
  onBusyMachine,
  startRedis,
  type ConnectedClient,
  type RedisServer,
} from './redisServer.js'

const chat = { tenant: 'acme', chatId: 'chat 1' }
const ada = { ...chat, actor: 'ada' }
const roomy = { age: 0, lifetime: 90_000, max: 20 }
const now = { age: 0, owes: 0 }

/** Everything that a store can do, once. */
const everything: Record<string, (store: RedisStore) => Promise<unknown>> = {
  take: (store) => store.take({ ...ada, name: 'Ada' }, roomy),
  giveBack: (store) => store.giveBack({ ...chat, actor: 'bob' }, { age: 0, owes: 90_000 }),
  settle: (store) => store.settle(chat, 0),
  clear: (store) => store.clear({ ...chat, actor: 'eve', id: 'm' }, { age: 0 }),
  typists: (store) => store.typists('acme', ['chat 1']),
  count: (store) =>
    store.count([
      { key: 'start\nacme\nada', max: 9 },
      { key: 'start\nacme\nada\nchat 1', max: 9 },
      { key: 'stop\nacme\nada', max: 9 },
    ]),
  hush: (store) => store.hush(30_000),
  quiet: (store) => store.quiet(),
  remember: (store) => store.remember('a fact', 1_800_000),
  knows: (store) => store.knows('a fact'),
  hear: (store) => store.hear(chat, { type: 'typing', handle: '+1', at: 1_000, age: 0 }, 90_000),
  'hear of the end': (store) => store.hear(chat, { type: 'message', at: 1_000, age: 0 }, 90_000),
  activeChats: (store) => store.activeChats('acme'),
  states: (store) => store.states('acme', ['chat 1']),
}
/** So many are sent with two commands: the other lists the chat among those in which somebody types. */
const starts = 2

/** What is sent now was meant for a while ago. */
function setClockBack(duration: number) {
  const clock = vi.spyOn(performance, 'now')
  return clock.mockImplementation(() => Performance.prototype.now.call(performance) - duration)
}

describe.skipIf(!hasRedis).each(Object.entries(clients))('a store by the package %s', (_name, connect) => {
  let server: RedisServer
  let one: ConnectedClient
  let two: ConnectedClient
  let store: RedisStore
  let other: RedisStore

  beforeAll(async () => {
    server = await startRedis()
    one = await connect(server.port)
    two = await connect(server.port)
  })
  beforeEach(async () => {
    await one.send('FLUSHALL')
    store = onBusyMachine(createRedisStore(one))
    other = onBusyMachine(createRedisStore(two))
  })
  afterAll(async () => {
    one.close()
    two.close()
    await server.kill()
  })

  const keys = async () => ((await one.send('KEYS', '*')) as string[]).sort()
  const calls = async (command: string) => {
    const stats = String(await one.send('INFO', 'commandstats'))
    return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0)
  }

  it('gives every key its prefix and an expiry, a chat one key, and a tenant one', async () => {
    for (const command of Object.values(everything)) {
      await command(store)
      for (const key of await keys()) {
        expect(key).toMatch(/^rlt:/)
        expect(await one.send('PTTL', key)).toBeGreaterThan(0)
      }
    }
    expect(await keys()).toEqual([
      'rlt:active:acme',
      'rlt:chat:{acme:chat%201}',
      'rlt:count:{start%5Cnacme%5Cnada}',
      'rlt:count:{start%5Cnacme%5Cnada}:chat%201',
      'rlt:count:{stop%5Cnacme%5Cnada}',
      'rlt:fact:a%20fact',
      'rlt:quiet',
    ])
    expect(await one.send('PTTL', 'rlt:chat:{acme:chat%201}')).toBeLessThanOrEqual(120_000)
  })

  it('keeps a counter no longer for being counted again', async () => {
    await everything.count!(store)
    await one.send('PEXPIRE', 'rlt:count:{stop%5Cnacme%5Cnada}', '20000')
    await everything.count!(store)
    expect(await one.send('PTTL', 'rlt:count:{stop%5Cnacme%5Cnada}')).toBeLessThanOrEqual(20_000)
  })

  it('forgets who was in a chat two minutes ago, however busy the chat is', async () => {
    const key = 'rlt:chat:{acme:chat%201}'
    await store.giveBack({ ...chat, actor: 'old' }, { ...now, age: 120_001 })
    await store.giveBack({ ...chat, actor: 'new' }, { ...now, age: 60_000 })
    await store.take(ada, roomy)
    expect(((await one.send('HKEYS', key)) as string[]).sort()).toEqual([
      'a"ada"',
      'a"new"',
      'l"ada"',
      'takes',
      'version',
    ])
  })

  it('forgets what the other side did two minutes ago', async () => {
    const key = 'rlt:chat:{acme:chat%201}'
    const ago = `${Date.now() - 120_001}000`
    const sign = { type: 'typing', at: 2_000, age: 0 } as const
    await one.send('HSET', key, 'r', `9000 ${ago} 0 0`, 'r"+1"', `9000 ${ago} 0 0`)
    await one.send('HSET', key, 'everyone', `9000 ${ago}`, 'm"old"', ago)
    expect(await store.hear(chat, sign, 90_000)).toBe(true)
    expect(((await one.send('HKEYS', key)) as string[]).sort()).toEqual(['everyone', 'r', 'version'])
    await one.send('HSET', key, 'everyone', `9000 ${Date.now()}000`)
    expect(await store.hear(chat, { ...sign, at: 2_001 }, 90_000)).toBe(false)
  })

  it('forgets a bubble, and a chat that is listed, from before a clock was set back', async () => {
    const key = 'rlt:chat:{acme:chat%201}'
    const ahead = `${Date.now() + 3_600_000}000`
    await one.send('HSET', key, 'r', `9000 ${ahead} ${ahead} ${ahead}`, 'everyone', `9000 ${ahead}`)
    await one.send('ZADD', 'rlt:active:acme', ahead, '"chat 2"')
    expect(await store.states('acme', ['chat 1'])).toMatchObject([{ recipients: [] }])
    expect(await store.hear(chat, { type: 'typing', at: 1_000, age: 0 }, 90_000)).toBe(true)
    expect(await store.states('acme', ['chat 1'])).toMatchObject([{ recipients: [{}] }])
    expect(await store.activeChats('acme')).toEqual(['chat 1'])
  })

  it('takes a lease though the chat could not be listed', async () => {
    await one.send('SET', 'rlt:active:acme', 'mine')
    expect(await store.take(ada, roomy)).toBe(true)
    expect(await store.hear(chat, { type: 'typing', at: 1_000, age: 0 }, 90_000)).toBe(true)
  })

  it('leaves a stop owed that was withheld after a message, or where a start came after it', async () => {
    const key = 'rlt:chat:{acme:chat%201}'
    const ago = (seconds: number) => `${Date.now() - 1_000 * seconds}000`
    const isOwed = async () => (await store.giveBack(chat, now)).isOwed
    const till = ago(-60)
    for (const { owed, started, isLeft } of [
      { owed: 40, started: 50, isLeft: false },
      { owed: 20, started: 50, isLeft: true },
      { owed: 40, started: 20, isLeft: true },
    ]) {
      await one.send('HSET', key, 'owed', `${ago(owed)} ${till}`)
      await one.send('HSET', key, 'l"bob"', `${ago(started)} ${ago(started)} ${till} `)
      expect(await isOwed()).toBe(true)
      await store.clear({ ...chat, actor: 'ada' }, { age: 30_000 })
      expect(await isOwed()).toBe(isLeft)
    }
  })

  it('gives a change a greater version than the one before, though its clock was set back', async () => {
    const ahead = Date.now() * 1_000 + 3_600_000_000
    await store.take(ada, roomy)
    await one.send('HSET', 'rlt:chat:{acme:chat%201}', 'version', String(ahead))
    expect(await store.states('acme', ['chat 1'])).toMatchObject([{ version: ahead + 0.5 }])
    await store.giveBack(ada, now)
    expect(await store.states('acme', ['chat 1'])).toMatchObject([{ version: ahead + 1.5 }])
  })

  it('lives through a Redis whose clock was set back', async () => {
    const key = 'rlt:chat:{acme:chat%201}'
    const ahead = `${Date.now() + 3_600_000}000`
    await store.take({ ...chat, actor: 'bob' }, roomy)
    await one.send('HSET', key, 'a"ada"', ahead, 'l"bob"', `${ahead} ${ahead} ${ahead} `)
    expect(await store.take(ada, { ...roomy, max: 1 })).toBe(true)
    expect(await store.giveBack(ada, now)).toMatchObject({ others: 0, lapsesIn: 0 })
  })

  it('keeps apart what has another prefix', async () => {
    const elsewhere = createRedisStore({ ...two, prefix: 'staging:' })
    await store.take(ada, roomy)
    expect(await elsewhere.typists('acme', ['chat 1'])).toEqual([])
    await Promise.all(Object.values(everything).map((command) => command(elsewhere)))
    expect((await keys()).filter((key) => !/^(rlt|staging):/.test(key))).toEqual([])
    expect((await keys()).filter((key) => key.startsWith('rlt:'))).toEqual([
      'rlt:active:acme',
      'rlt:chat:{acme:chat%201}',
    ])
  })

  it('sends one command for each thing, two for a start, and a script only once', async () => {
    for (const command of Object.values(everything)) await command(store)
    const [before, whole] = [await calls('evalsha'), await calls('eval')]
    for (const [name, command] of Object.entries(everything)) if (name !== 'count') await command(store)
    const others = Object.keys(everything).length - 1
    expect(await calls('evalsha')).toBe(before + others + starts)
    await store.count([
      { key: 'start\nacme\nada', max: 9 },
      { key: 'start\nacme\nada\nchat 1', max: 9 },
    ])
    expect(await calls('evalsha')).toBe(before + others + starts + 1)
    expect(await calls('eval')).toBe(whole)
  })

  it.each(Object.entries(everything))(
    'lives through scripts that were flushed before %s',
    async (_what, command) => {
      await command(store)
      await one.send('SCRIPT', 'FLUSH')
      await command(store)
      const whole = await calls('eval')
      await command(other)
      expect(await calls('eval')).toBe(whole)
    },
  )

  it('sends commands in the order in which they came, from the first on', async () => {
    const [isTaken, { others }, isTakenAgain] = await Promise.all([
      store.take(ada, roomy),
      store.giveBack(ada, now),
      store.take(ada, roomy),
    ])
    expect([isTaken, others, isTakenAgain]).toEqual([true, 0, true])
    expect(await store.giveBack(chat, now)).toMatchObject({ others: 1, takes: 2 })
  })

  it('tells what Redis says of a key that is something else', async () => {
    await one.send('SET', 'rlt:chat:{acme:chat%201}', 'mine')
    await expect(store.take(ada, roomy)).rejects.toThrow(/WRONGTYPE/)
    await expect(store.typists('acme', ['chat 1'])).rejects.toThrow(/WRONGTYPE/)
  })

  describe('with another server at the same time', () => {
    const crowd = Array.from({ length: 100 }, (_, index) => ({ ...chat, actor: `agent ${index}` }))
    const either = (index: number) => (index % 2 === 0 ? store : other)

    it('gives out as many leases as there are, and takes each back once', async () => {
      const taken = await Promise.all(crowd.map((holder, index) => either(index).take(holder, roomy)))
      expect(taken.filter((isTaken) => isTaken === true)).toHaveLength(20)
      expect(taken.filter((isTaken) => isTaken === false)).toHaveLength(80)
      expect(await store.typists('acme', ['chat 1'])).toHaveLength(20)

      const holders = crowd.filter((_, index) => taken[index])
      const left = await Promise.all(
        holders.map((holder, index) => either(index).giveBack(holder, { age: 0, owes: 90_000 })),
      )
      expect(left.map(({ others }) => others).sort((a, b) => b - a)).toEqual(
        Array.from({ length: 20 }, (_, index) => 19 - index),
      )
      expect(left.every(({ takes }) => takes === 20)).toBe(true)
      expect(await other.giveBack(chat, now)).toMatchObject({ others: 0, isOwed: true })
    })

    it('ends each pair of a start and its stop without a lease', async () => {
      await Promise.all(
        crowd.map(async (holder, index) => {
          const own = { ...holder, chatId: `chat ${index % 20}` }
          await either(index).take(own, roomy)
          await either(index + 1).giveBack(own, now)
        }),
      )
      const chatIds = Array.from({ length: 20 }, (_, index) => `chat ${index}`)
      expect(await store.typists('acme', chatIds)).toEqual([])
      const departures = await Promise.all(chatIds.map((chatId) => store.giveBack({ ...chat, chatId }, now)))
      expect(departures.map(({ takes }) => takes)).toEqual(chatIds.map(() => 5))
    })

    it('lets exactly as many calls pass as a limit says', async () => {
      const limits = [{ key: 'start\nacme\nada', max: 50 }]
      const waits = await Promise.all(crowd.map((_, index) => either(index).count(limits)))
      expect(waits.filter((wait) => wait === 0)).toHaveLength(50)
    })

    it('finds a fact new once', async () => {
      const news = await Promise.all(crowd.map((_, index) => either(index).remember('a message', 90_000)))
      expect(news.filter(Boolean)).toHaveLength(1)
    })
  })

  describe('a command that a client kept back', () => {
    it('does nothing if it comes a minute late', async () => {
      const impatient = createRedisStore(one)
      expect(await impatient.typists('acme', ['chat 1'])).toEqual([])
      const clock = setClockBack(60_000)
      const taking = impatient.take(ada, roomy)
      await new Promise((resolve) => process.nextTick(resolve))
      clock.mockRestore()
      await expect(taking).rejects.toThrow(/LATE/)
      expect(await store.typists('acme', ['chat 1'])).toEqual([])
      expect(await store.take(ada, roomy)).toBe(true)
    })

    it('is no trouble to a server that slept, or whose Redis has another time now', async () => {
      expect(await store.take(ada, roomy)).toBe(true)
      // The clock of a machine that sleeps stops, and that of Redis goes on.
      const clock = setClockBack(3_600_000)
      expect(await store.giveBack(ada, now)).toMatchObject({ isStale: false, others: 0 })
      clock.mockRestore()
    })
  })
})

describe.skipIf(!hasRedis)('a client with a prefix of its own', () => {
  it('has it before the keys, and hears all changes', async () => {
    const server = await startRedis()
    const client = new Redis(server.port, '127.0.0.1', { keyPrefix: 'app:' })
    await once(client, 'ready')
    const store = createRedisStore({ client })
    const heard: unknown[] = []
    const stop = await new Promise<() => void>((resolve) => {
      const leave = store.subscribe(
        'acme',
        (change) => heard.push(change),
        () => resolve(leave),
      )
    })
    await store.take(ada, roomy)
    expect(((await client.call('KEYS', '*')) as string[]).sort()).toEqual([
      'app:rlt:active:acme',
      'app:rlt:chat:{acme:chat%201}',
    ])
    await vi.waitFor(() => expect(heard).toMatchObject([{ type: 'typing', actor: 'ada' }]), 20_000)
    stop()
    client.disconnect()
    await server.kill()
  })
})
