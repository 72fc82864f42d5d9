import { Cluster, Redis } from 'ioredis'
import { createClient, createCluster, createSentinel } from 'redis'
import { createRedisStore, type RedisStoreOptions } from 'react-linq-typing/redis'
import { describe, expect, it } from 'vitest'

const lazy = { lazyConnect: true }
const node = [{ host: '127.0.0.1', port: 1 }]

describe('a Redis store', () => {
  it('takes a client of either package, and connects nothing when it is made', () => {
    const client = createClient({ disableOfflineQueue: true })
    const io = new Redis({ ...lazy, enableOfflineQueue: false, maxRetriesPerRequest: 0 })
    const cluster = new Cluster(node, lazy)
    createRedisStore({ client })
    createRedisStore({ client: createClient({ RESP: 2 }), prefix: '' })
    createRedisStore({ client, subscriber: client.duplicate(), prefix: 'support:' })
    createRedisStore({ client: io })
    createRedisStore({ client: io, subscriber: io.duplicate() })
    createRedisStore({ client: cluster, subscriber: undefined, prefix: undefined })
    expect([client.isOpen, io.status, cluster.status]).toEqual([false, 'wait', 'wait'])
  })

  it('treats null as left out, for every option but the client (row 96)', async () => {
    const sent: string[] = []
    const client = {
      sendCommand: (args: string[]) => (sent.push(...args), Promise.resolve('[0,true]')),
      duplicate: () => client,
    }
    const store = createRedisStore({ client, subscriber: null, prefix: null })
    await store.settle({ tenant: 'acme', chatId: 'a' }, 1)
    expect(sent).toContain('rlt:chat:{acme:a}')
    const { sendCommand } = client
    expect(() => createRedisStore({ client: { sendCommand }, subscriber: null })).toThrow(/no duplicate\(\)/)
    expect(() => createRedisStore(null as unknown as RedisStoreOptions)).toThrow(/needs a client/)
  })

  it('takes anything that sends commands, with a subscriber of its own', () => {
    const client = { sendCommand: async (args: string[]) => args }
    createRedisStore({ client, subscriber: createClient() })
    expect(() => createRedisStore({ client })).toThrow(/no duplicate\(\)\. Pass \{ client, subscriber/)
  })

  const client = createClient()
  it.each<[string, unknown, RegExp]>([
    ['no options', undefined, /needs a client from the redis or ioredis package\. Pass \{ client: await/],
    ['no client', {}, /needs a client/],
    ['an address', { client: 'redis://localhost' }, /needs a client/],
    ['a client that is not awaited', { client: Promise.resolve(client) }, /await createClient/],
    [
      "redis's cluster",
      { client: createCluster({ rootNodes: [{ url: 'redis://127.0.0.1:1' }] }) },
      /cluster\.sendCommand\(args\[3\], false, args\)/,
    ],
    [
      "redis's sentinels",
      { client: createSentinel({ name: 'main', sentinelRootNodes: node }) },
      /sentinel\.sendCommand\(false, args\)/,
    ],
    ['a subscriber that is none', { client, subscriber: {} }, /second connection/],
    ['the client as its own subscriber', { client, subscriber: client }, /Leave subscriber out/],
    ['a prefix with braces', { client, prefix: 'app{}:' }, /"app\{\}:" as prefix.*without braces/],
    ['a prefix that is no text', { client, prefix: 7 }, /7 as prefix/],
  ])('refuses %s, and names the cure', (_what, options, message) => {
    const make = () => createRedisStore(options as RedisStoreOptions)
    expect(make).toThrow(TypeError)
    expect(make).toThrow(message)
  })

  it('refuses in its types what has a different sendCommand', () => {
    const cluster = createCluster({ rootNodes: [] })
    // @ts-expect-error a cluster wants to know the key first
    expect(() => createRedisStore({ client: cluster })).toThrow(TypeError)
  })
})
