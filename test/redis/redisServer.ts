import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Cluster, Redis } from 'ioredis'
import { createClient, createCluster } from 'redis'
import type { RedisClient, RedisStore, RedisSubscriber } from 'react-linq-typing/redis'

/** Whether Redis is installed. Without it, what needs one is skipped. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0
if (!hasRedis) console.warn('redis-server is not installed: the tests of the store in Redis are skipped.')

const running = new Set<ChildProcess>()
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')))

export interface RedisServer {
  readonly port: number
  /** Ends it at once, as a crash would, and waits until it's gone. */
  readonly kill: () => Promise<void>
  /** Starts it again on its port, empty. */
  readonly start: () => Promise<void>
  /** Lets it neither answer nor hang up. */
  readonly freeze: () => void
  readonly thaw: () => void
}

/** Starts a Redis of its own on a free port, that keeps nothing on disk: alone, or as a cluster of one. */
export async function startRedis({ isCluster = false } = {}): Promise<RedisServer> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'redis-'))
  let child: ChildProcess | undefined
  const start = async () => {
    mkdirSync(folder, { recursive: true })
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      folder,
    ]
    if (isCluster)
      args.push(
        '--cluster-enabled',
        'yes',
        '--cluster-announce-ip',
        '127.0.0.1',
        '--cluster-port',
        String(await freePort()),
      )
    const own = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] })
    child = own
    running.add(own)
    own.once('exit', () => running.delete(own))
    await new Promise<void>((resolve, reject) => {
      let said = ''
      own.once('exit', () => reject(new Error(`redis-server ended: ${said}`)))
      own.stdout.on('data', (chunk) => {
        said += String(chunk)
        if (said.includes('Ready to accept')) resolve()
      })
    })
  }
  await start()
  if (isCluster) {
    const { send, close } = await clients.redis(port)
    await send('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
    while (!String(await send('CLUSTER', 'INFO')).includes('cluster_state:ok'));
    close()
  }
  return {
    port,
    start,
    async kill() {
      if (child?.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

export interface ConnectedClient {
  readonly client: RedisClient
  /** Left out where the store makes a duplicate. */
  readonly subscriber?: RedisSubscriber
  /** Sends any command. */
  readonly send: (...args: [string, ...string[]]) => Promise<unknown>
  readonly close: () => void
}

/** The two packages, each with the options that createRedisStore asks for. */
export const clients: Record<'redis' | 'ioredis', (port: number) => Promise<ConnectedClient>> = {
  async redis(port) {
    const client = createClient({
      socket: { port, host: '127.0.0.1', reconnectStrategy: 20 },
      disableOfflineQueue: true,
    })
    client.on('error', () => {})
    await client.connect()
    return { client, send: (...args) => client.sendCommand(args), close: () => client.destroy() }
  },
  async ioredis(port) {
    const client = new Redis(port, '127.0.0.1', {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: () => 20,
    })
    client.on('error', () => {})
    await once(client, 'ready')
    return { client, send: (...args) => client.call(...args), close: () => client.disconnect() }
  },
}

/** The same for a cluster, which the package redis tells by itself nothing of the key that a command is for. */
export const clusterClients: typeof clients = {
  async redis(port) {
    const cluster = createCluster({ rootNodes: [{ socket: { port, host: '127.0.0.1' } }] })
    cluster.on('error', () => {})
    await cluster.connect()
    const subscriber = createClient({ socket: { port, host: '127.0.0.1' } })
    subscriber.on('error', () => {})
    await subscriber.connect()
    return {
      client: { sendCommand: (args) => cluster.sendCommand(args[3], false, args) },
      subscriber,
      send: (...args) => cluster.sendCommand(undefined, false, args),
      close() {
        cluster.destroy()
        subscriber.destroy()
      },
    }
  },
  async ioredis(port) {
    const cluster = new Cluster([{ port, host: '127.0.0.1' }])
    cluster.on('error', () => {})
    await once(cluster, 'ready')
    return { client: cluster, send: (...args) => cluster.call(...args), close: () => cluster.disconnect() }
  },
}

/** A store on a machine that may be busy for half a second: it repeats what came too late, and so did nothing. */
export function onBusyMachine(store: RedisStore): RedisStore {
  const repeat =
    <Args extends unknown[], Answer>(command: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      for (;;)
        try {
          return await command(...args)
        } catch (error) {
          if (!String(error).includes('LATE')) throw error
        }
    }
  const commands = Object.entries(store) as [string, (...args: unknown[]) => Promise<unknown>][]
  return Object.fromEntries(
    commands.map(([name, command]) => [name, name === 'subscribe' ? command : repeat(command)]),
  ) as unknown as RedisStore
}
