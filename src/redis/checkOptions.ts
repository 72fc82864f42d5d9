import type { RedisSubscriber } from './redisLine.js'
import type { RedisClient } from './scriptRunner.js'

export interface RedisStoreOptions {
  /** Your client from `redis`, already connected, or from `ioredis`. */
  readonly client: RedisClient
  /**
   * A connection used only for listening: a duplicate of the client, which you connect and close yourself.
   *
   * @default a duplicate that the store makes for its first listener, and closes after its last
   */
  readonly subscriber?: RedisSubscriber | null | undefined
  /**
   * What the names of all keys and channels begin with. If several apps share a Redis, give each its own prefix: channels
   * are shared by all of Redis's databases, and the `keyPrefix` of ioredis only applies to keys.
   *
   * @default 'rlt:'
   */
  readonly prefix?: string | null | undefined
}

export function checkOptions(options: RedisStoreOptions): void {
  const { client, subscriber, prefix } = (options as Partial<RedisStoreOptions> | null | undefined) ?? {}
  const has = (value: unknown, name: string) =>
    typeof (value as Record<string, unknown> | null | undefined)?.[name] === 'function'
  if (!has(client, 'call') && !has(client, 'sendCommand'))
    throw new TypeError(
      'createRedisStore needs a client from the redis or ioredis package. Pass { client: await createClient(options).connect() }, or { client: new Redis(options) }.',
    )
  if (client !== undefined && !('call' in client) && client.sendCommand.length > 2)
    throw new TypeError(
      "createRedisStore can't tell a cluster or sentinels of the redis package which key a command is for. Pass { client: { sendCommand: (args) => cluster.sendCommand(args[3], false, args) }, subscriber } for a cluster, or (args) => sentinel.sendCommand(false, args) for sentinels.",
    )
  if (
    subscriber == null ? !has(client, 'duplicate') : !has(subscriber, 'subscribe') || !has(subscriber, 'on')
  )
    throw new TypeError(
      'createRedisStore needs a second connection to listen on, and this client has no duplicate(). Pass { client, subscriber: await client.duplicate().connect() }; with ioredis, subscriber: client.duplicate().',
    )
  if ((subscriber as unknown) === client)
    throw new TypeError(
      "createRedisStore can't listen on the connection that sends its commands. Leave subscriber out, or pass a duplicate of the client.",
    )
  if (prefix != null && (typeof prefix !== 'string' || /[{}]/.test(prefix)))
    throw new TypeError(
      `createRedisStore can't use ${JSON.stringify(prefix)} as prefix: braces decide where a cluster keeps a key. Pass a string without braces, such as "support:".`,
    )
}
