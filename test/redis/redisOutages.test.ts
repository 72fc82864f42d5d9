import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { createRedisStore, type RedisStore } from 'react-linq-typing/redis'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { guardStore, type GuardedStore } from '../../src/server/hub/guardedStore.js'
import { clients, hasRedis, startRedis, type ConnectedClient, type RedisServer } from './redisServer.js'

const chat = { tenant: 'acme', chatId: 'chat 1' }
/** A call that comes when it is made. */
const callOf = (actor: string) => ({ ...chat, actor, arrivedAt: performance.now() })
const roomy = { age: 0, lifetime: 90_000, max: 20 }
const soon = { timeout: 20_000, interval: 20 }

const everything = (store: GuardedStore | RedisStore): (() => Promise<unknown>)[] => [
  () => store.take(callOf('ada'), roomy),
  () => store.giveBack(callOf('bob'), { age: 0, owes: 0 }),
  () => store.settle(chat, 0),
  () => store.clear(chat, { age: 0 }),
  () => store.typists('acme', ['chat 1', 'chat 2']),
  () => store.count([{ key: 'start\nacme\nada', max: 9 }]),
  () => store.hush(1_000),
  () => store.quiet(),
  () => store.remember('a fact', 1_000),
  () => store.knows('a fact'),
]

/** How a command ends, though Redis doesn't answer: that it ends at all shows that nobody waits for ever. */
const endOf = (command: () => Promise<unknown>): Promise<unknown> => command().catch(() => 'rejected')

describe.skipIf(!hasRedis).each(Object.entries(clients))('a store by the package %s', (name, connect) => {
  let server: RedisServer
  let connected: ConnectedClient
  let watcher: ConnectedClient
  let store: RedisStore
  let guarded: GuardedStore
  const onLost = vi.fn<(error: unknown) => void>()
  const onFound = vi.fn<() => void>()

  beforeEach(async () => {
    server = await startRedis()
    connected = await connect(server.port)
    watcher = await connect(server.port)
    store = createRedisStore(connected)
    onLost.mockClear()
    onFound.mockClear()
    guarded = guardStore(store, { onLost, onFound })
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    connected.close()
    watcher.close()
    server.thaw()
    await server.kill()
  })

  const scriptCalls = async () => {
    const stats = String(await watcher.send('INFO', 'commandstats'))
    return [...stats.matchAll(/cmdstat_eval(?:sha)?:calls=(\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0)
  }
  /** The guard leaves a store that failed alone for five seconds: they pass. */
  const waitFiveSeconds = () => {
    const passed = performance.now() + 5_000 - Performance.prototype.now.call(performance)
    vi.spyOn(performance, 'now').mockImplementation(
      () => Performance.prototype.now.call(performance) + passed,
    )
  }

  describe('when Redis is frozen', () => {
    it('keeps no call waiting for long, keeps nothing for later, and works when it thaws', async () => {
      for (const command of everything(guarded)) expect(await command()).not.toBe('rejected')
      const before = await scriptCalls()
      server.freeze()
      const first = await Promise.all(everything(guarded).map(endOf))
      expect(first).toEqual(everything(guarded).map(() => undefined))
      expect(onLost.mock.calls).toEqual([
        [expect.objectContaining({ message: expect.stringContaining('250 ms') as string })],
      ])

      const second = await Promise.all([...Array(20).keys()].flatMap(() => everything(guarded)).map(endOf))
      expect(new Set(second)).toEqual(new Set([undefined]))
      expect(onFound).not.toHaveBeenCalled()

      server.thaw()
      await vi.waitFor(async () => {
        waitFiveSeconds()
        expect(await guarded.take(callOf('ada'), roomy)).toBe(true)
      }, soon)
      expect([onLost.mock.calls.length, onFound.mock.calls.length]).toEqual([1, 1])
      // The ten that were sent, the give-back once more, and what was tried until it worked.
      expect((await scriptCalls()) - before).toBeLessThan(60)
    })

    it('takes no lease that was asked for more than half a second before it thaws', async () => {
      await guarded.quiet()
      server.freeze()
      const askedAt = performance.now()
      expect(await guarded.take(callOf('ada'), roomy)).toBeUndefined()
      await wait(askedAt + 600 - performance.now())
      server.thaw()
      expect(await store.typists('acme', ['chat 1'])).toEqual([])
    })
  })

  describe('when this process is busy for 400 ms', () => {
    const beBusy = () => {
      const until = performance.now() + 400
      while (performance.now() < until);
    }

    it('reads the answer that came meanwhile', async () => {
      const answer = guarded.knows('a fact')
      await new Promise((resolve) => process.nextTick(resolve))
      // One package writes at once, the other at the end of this turn of the loop.
      if (name === 'redis') await new Promise((resolve) => setImmediate(resolve))
      beBusy()
      expect(await answer).toBe(false)
      expect(onLost).not.toHaveBeenCalled()
    })

    it('waits for the answer to what it sends only then', async () => {
      const answer = guarded.knows('a fact')
      beBusy()
      expect(await answer).toBe(false)
      expect(onLost).not.toHaveBeenCalled()
    })
  })

  describe('when Redis is killed', () => {
    it('fails at once, sends nothing of it later, and works when Redis is started again', async () => {
      expect(await store.take(callOf('ada'), roomy)).toBe(true)
      await server.kill()
      await vi.waitFor(() => expect(store.quiet()).rejects.toThrow(), soon)
      const meanwhile = [...Array(20).keys()].flatMap(() => everything(store)).map(endOf)
      expect(new Set(await Promise.all(meanwhile))).toEqual(new Set(['rejected']))

      await server.start()
      await vi.waitFor(async () => expect(await watcher.send('DBSIZE')).toBe(0), soon)
      await vi.waitFor(async () => expect(await store.typists('acme', ['chat 1'])).toEqual([]), soon)
      expect(await watcher.send('DBSIZE')).toBe(0)
      for (const command of everything(store)) await command()
      expect(await watcher.send('DBSIZE')).toBeGreaterThan(0)
    })

    it('holds up no guarded call, and repeats what was given back meanwhile', async () => {
      expect(await guarded.take(callOf('ada'), roomy)).toBe(true)
      await server.kill()
      const during = await Promise.all(everything(guarded).map(endOf))
      expect(during).toEqual(during.map(() => undefined))
      expect(await guarded.giveBack(callOf('eve'), { owes: 0 })).toBeUndefined()
      await server.start()
      await vi.waitFor(async () => {
        waitFiveSeconds()
        expect(await guarded.take(callOf('ada'), roomy)).toBe(true)
      }, soon)
      await vi.waitFor(async () => {
        const fields = (await watcher.send('HKEYS', 'rlt:chat:{acme:chat%201}')) as string[]
        expect(fields).toEqual(expect.arrayContaining(['a"bob"', 'a"eve"', 'l"ada"']))
      }, soon)
      expect([onLost.mock.calls.length, onFound.mock.calls.length]).toEqual([1, 1])
    })
  })
})

describe.skipIf(!hasRedis)(
  'a client that keeps commands while Redis is away, as it does without any option',
  () => {
    it('gives a Redis that comes too late for a command nothing to do', async () => {
      const server = await startRedis()
      await server.kill()
      const client = new Redis(server.port, '127.0.0.1')
      client.on('error', () => {})
      try {
        const store = createRedisStore({ client })
        expect(await guardStore(store).take(callOf('ada'), roomy)).toBeUndefined()
        const late = performance.now() + 1_000
        vi.spyOn(performance, 'now').mockImplementation(() => late)
        await server.start()
        expect(await store.typists('acme', ['chat 1'])).toEqual([])
      } finally {
        vi.restoreAllMocks()
        client.disconnect()
        await server.kill()
      }
    })
  },
)
