import { once } from 'node:events'
import { Redis } from 'ioredis'
import { createRedisStore, type RedisStore, type RedisStoreOptions } from 'react-linq-typing/redis'
import { createClient } from 'redis'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { clients, hasRedis, startRedis, type ConnectedClient, type RedisServer } from './redisServer.js'

const roomy = { age: 0, lifetime: 90_000, max: 20 }
const soon = { timeout: 20_000, interval: 10 }

type Subscriber = NonNullable<RedisStoreOptions['subscriber']>

/** A host's own duplicate, as its package makes one. */
const duplicates: Record<
  keyof typeof clients,
  (port: number) => Promise<{ subscriber: Subscriber; close: () => void }>
> = {
  async redis(port) {
    const subscriber = createClient({ socket: { port, host: '127.0.0.1', reconnectStrategy: 20 } })
    subscriber.on('error', () => {})
    await subscriber.connect()
    return { subscriber, close: () => subscriber.destroy() }
  },
  async ioredis(port) {
    const subscriber = new Redis(port, '127.0.0.1', { retryStrategy: () => 20 })
    subscriber.on('error', () => {})
    await once(subscriber, 'ready')
    return { subscriber, close: () => subscriber.disconnect() }
  },
}

const ways = (['redis', 'ioredis'] as const).flatMap((name) =>
  ['a duplicate of its own', "the host's subscriber"].map((way) => ({ name, way })),
)

describe.skipIf(!hasRedis).each(ways)('a store that listens by $name, on $way', ({ name, way }) => {
  const isOwn = way === 'a duplicate of its own'
  let server: RedisServer
  let connected: ConnectedClient
  let watcher: ConnectedClient
  let closeSubscriber = () => {}
  let options: RedisStoreOptions
  let store: RedisStore

  beforeEach(async () => {
    server = await startRedis()
    connected = await clients[name](server.port)
    watcher = await clients.redis(server.port)
    const duplicate = isOwn ? undefined : await duplicates[name](server.port)
    closeSubscriber = duplicate?.close ?? (() => {})
    options = { client: connected.client, subscriber: duplicate?.subscriber }
    store = createRedisStore(options)
  })
  afterEach(async () => {
    connected.close()
    watcher.close()
    closeSubscriber()
    await server.kill()
  })

  const take = (actor: string, tenant = 'acme') =>
    vi.waitFor(
      async () => expect(await store.take({ tenant, chatId: 'chat', actor }, roomy)).toBe(true),
      soon,
    )
  const connections = async () =>
    String(await watcher.send('CLIENT', 'LIST'))
      .trim()
      .split('\n').length
  const channels = async () => ((await watcher.send('PUBSUB', 'CHANNELS')) as string[]).sort()

  function listen(tenant = 'acme', by = store) {
    const heard: string[] = []
    const onListening = vi.fn<() => void>()
    const stop = by.subscribe(tenant, (change) => 'actor' in change && heard.push(change.actor!), onListening)
    const hasBegun = (times: number) =>
      vi.waitFor(() => expect(onListening.mock.calls.length).toBeGreaterThanOrEqual(times), soon)
    const hears = (...actors: string[]) => vi.waitFor(() => expect(heard).toEqual(actors), soon)
    return { heard, stop, hasBegun, hears }
  }

  it('tells each listener when it listens, the second at once', async () => {
    const first = listen()
    await first.hasBegun(1)
    const second = listen()
    await second.hasBegun(1)
    await take('ada')
    await first.hears('ada')
    await second.hears('ada')
    expect(await channels()).toEqual(['rlt:changes:acme'])
    first.stop()
    second.stop()
  })

  it('listens again when Redis comes back, and tells so', async () => {
    const [here, there] = [listen(), listen('there')]
    await here.hasBegun(1)
    await there.hasBegun(1)
    await server.kill()
    await server.start()
    await here.hasBegun(2)
    await there.hasBegun(2)
    await take('ada')
    await take('bob', 'there')
    await here.hears('ada')
    await there.hears('bob')
    here.stop()
    there.stop()
  })

  it('begins to listen when Redis comes back, if it was away', async () => {
    const before = listen('before')
    await before.hasBegun(1)
    await server.kill()
    const after = listen()
    const gone = listen('gone')
    gone.stop()
    before.stop()
    await server.start()
    await after.hasBegun(1)
    await take('ada')
    await after.hears('ada')
    await vi.waitFor(async () => expect(await channels()).toEqual(['rlt:changes:acme']), soon)
    after.stop()
  })

  it('stops listening to a tenant that nobody listens to', async () => {
    const [here, there, too] = [listen(), listen('there'), listen('there')]
    await Promise.all([here.hasBegun(1), there.hasBegun(1), too.hasBegun(1)])
    there.stop()
    there.stop()
    expect(await channels()).toEqual(['rlt:changes:acme', 'rlt:changes:there'])
    too.stop()
    await vi.waitFor(async () => expect(await channels()).toEqual(['rlt:changes:acme']), soon)
    const again = listen('there')
    await again.hasBegun(1)
    await take('bob', 'there')
    await again.hears('bob')
    expect([there.heard, too.heard]).toEqual([[], []])
    here.stop()
    again.stop()
  })

  it('goes on when another store on the same connection stops listening', async () => {
    const other = createRedisStore(options)
    const [here, there] = [listen(), listen('acme', other)]
    await Promise.all([here.hasBegun(1), there.hasBegun(1)])
    there.stop()
    // By then, the other has left.
    const elsewhere = listen('elsewhere', other)
    await elsewhere.hasBegun(1)
    await take('ada')
    await here.hears('ada')
    here.stop()
    await vi.waitFor(async () => expect(await channels()).toEqual(['rlt:changes:elsewhere']), soon)
    elsewhere.stop()
  })

  it(`${isOwn ? 'closes it' : 'leaves it open'} after the last listener, and listens again for the next`, async () => {
    const without = await connections()
    const first = listen()
    await first.hasBegun(1)
    expect(await connections()).toBe(without + (isOwn ? 1 : 0))
    first.stop()
    await vi.waitFor(async () => expect(await channels()).toEqual([]), soon)
    await vi.waitFor(async () => expect(await connections()).toBe(without), soon)
    const second = listen()
    await second.hasBegun(1)
    await take('ada')
    await second.hears('ada')
    expect(first.heard).toEqual([])
    second.stop()
  })

  it('is closed before it ever listened, without a trace', async () => {
    const without = await connections()
    listen().stop()
    const there = listen('there')
    await there.hasBegun(1)
    there.stop()
    await vi.waitFor(async () => expect(await channels()).toEqual([]), soon)
    await vi.waitFor(async () => expect(await connections()).toBe(without), soon)
  })

  it('ignores what others write to its channel', async () => {
    const here = listen()
    await here.hasBegun(1)
    const eve = { chatId: 'chat', version: 1, type: 'typing', actor: 'eve', age: 0, endsIn: 1_000 }
    const spoilt = [
      { chatId: 7 },
      { version: undefined },
      { version: '1' },
      { age: null },
      { endsIn: undefined },
      { type: 7 },
    ].map((spoiling) => JSON.stringify({ ...eve, ...spoiling }))
    for (const nonsense of ['', 'hello', 'null', '7', '[]', '{}', ...spoilt])
      await watcher.send('PUBLISH', 'rlt:changes:acme', nonsense)
    await take('ada')
    await here.hears('ada')
    here.stop()
  })
})
