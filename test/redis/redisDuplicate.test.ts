import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { createRedisStore, type RedisClient, type RedisStore } from 'react-linq-typing/redis'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { clusterClients, hasRedis, startRedis, type RedisServer } from './redisServer.js'

const soon = { timeout: 10_000, interval: 10 }

/** A way to Redis, on which connections can die without a word, as behind a firewall that forgets them. */
async function openWay(to: number) {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
    }
    near.pipe(far).pipe(near)
    near.once('close', () => far.destroy())
    far.once('close', () => near.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    silence() {
      for (const socket of sockets) socket.unpipe().pause()
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

interface Duplicate {
  readonly isOpen?: boolean
  readonly status?: string
  ping: () => Promise<unknown>
}

interface Host {
  readonly client: RedisClient
  readonly duplicates: Duplicate[]
  readonly close: () => void
}

/** Clients that go straight to Redis. Their duplicates go another way, and give up after three tries. */
const hosts: Record<'redis' | 'ioredis', (port: number, wayThere: number) => Promise<Host>> = {
  async redis(port, wayThere) {
    const duplicates: Duplicate[] = []
    const client = createClient({ socket: { port, host: '127.0.0.1', reconnectStrategy: 20 } })
    client.on('error', () => {})
    await client.connect()
    const reconnectStrategy = (tries: number) => (tries > 3 ? new Error('gave up') : 20)
    const duplicate = () => {
      const made = createClient({ socket: { port: wayThere, host: '127.0.0.1', reconnectStrategy } })
      duplicates.push(made)
      return made
    }
    const sendCommand = (args: string[]) => client.sendCommand(args)
    return {
      client: Object.assign({ sendCommand }, { duplicate }),
      duplicates,
      close: () => client.destroy(),
    }
  },
  async ioredis(port, wayThere) {
    const duplicates: Duplicate[] = []
    const client = new Redis(port, '127.0.0.1', { retryStrategy: () => 20 })
    client.on('error', () => {})
    await once(client, 'ready')
    const retryStrategy = (tries: number) => (tries > 3 ? null : 20)
    const duplicate = () => {
      const made = new Redis(wayThere, '127.0.0.1', { retryStrategy })
      duplicates.push(made)
      return made
    }
    const call = (...args: [string, ...string[]]) => client.call(...args)
    return { client: Object.assign({ call }, { duplicate }), duplicates, close: () => client.disconnect() }
  },
}

describe.skipIf(!hasRedis).each(['redis', 'ioredis'] as const)('a duplicate by the package %s', (name) => {
  let server: RedisServer
  let way: Awaited<ReturnType<typeof openWay>>
  let host: Host
  let store: RedisStore
  let stop = () => {}
  const onChange = vi.fn()
  const onListening = vi.fn()

  beforeEach(async () => {
    server = await startRedis()
    way = await openWay(server.port)
    host = await hosts[name](server.port, way.port)
    store = createRedisStore({ client: host.client })
    // Only the store has something to do time and again.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onChange.mockClear()
    onListening.mockClear()
    stop = store.subscribe('acme', onChange, onListening)
    await hasBegun(1)
  })
  afterEach(async () => {
    stop()
    vi.useRealTimers()
    host.close()
    way.close()
    await server.kill()
  })

  const hasBegun = (times: number) => vi.waitFor(() => expect(onListening).toHaveBeenCalledTimes(times), soon)
  const hearsAgain = () =>
    vi.waitFor(async () => {
      await store.take(
        { tenant: 'acme', chatId: 'chat 1', actor: 'ada' },
        { age: 0, lifetime: 60_000, max: 20 },
      )
      expect(onChange).toHaveBeenCalled()
    }, soon)

  it('that has given up is replaced within five seconds, until one hears again', async () => {
    const hasGivenUp = ({ isOpen, status }: Duplicate) => isOpen === false || status === 'end'
    await server.kill()
    for (let time = 1; time <= 3; time++) {
      expect(host.duplicates).toHaveLength(time)
      await vi.waitFor(() => expect(host.duplicates.every(hasGivenUp)).toBe(true), soon)
      if (time === 3) await server.start()
      vi.advanceTimersByTime(5_000)
    }
    await hasBegun(2)
    await hearsAgain()
    expect(host.duplicates).toHaveLength(4)
  })

  it('whose connection died without a word is replaced within a quarter of a minute', async () => {
    way.silence()
    vi.advanceTimersByTime(15_000)
    await hasBegun(2)
    await hearsAgain()
    expect(host.duplicates).toHaveLength(2)
  })

  it('that answers is kept', async () => {
    const ping = vi.spyOn(host.duplicates[0]!, 'ping')
    for (let time = 1; time <= 10; time++) {
      vi.advanceTimersByTime(5_000)
      expect(ping).toHaveBeenCalledTimes(time)
      await ping.mock.results.at(-1)!.value
    }
    expect(host.duplicates).toHaveLength(1)
    stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})

it.skipIf(!hasRedis)(
  'a connection that listens to a cluster is replaced once it is lost, by the package ioredis',
  async () => {
    const server = await startRedis({ isCluster: true })
    const cluster = await clusterClients.ioredis(server.port)
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const onListening = vi.fn()
    const stop = createRedisStore(cluster).subscribe('acme', () => {}, onListening)
    onTestFinished(async () => {
      stop()
      vi.useRealTimers()
      cluster.close()
      await server.kill()
    })
    await vi.waitFor(() => expect(onListening).toHaveBeenCalledTimes(1), soon)
    expect(await cluster.send('CLIENT', 'KILL', 'TYPE', 'pubsub')).toBe(1)
    await vi.waitFor(() => {
      vi.advanceTimersByTime(5_000)
      expect(onListening).toHaveBeenCalledTimes(2)
    }, soon)
  },
)
