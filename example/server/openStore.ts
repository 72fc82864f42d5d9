import { createMemoryStore, type TypingStore } from 'react-linq-typing/server'

export interface OpenStore {
  store: TypingStore
  close: () => Promise<void>
}

/** Opens the hub's store: the Redis at this address, or else the memory of this process. */
export async function openStore(redisUrl: string | undefined): Promise<OpenStore> {
  if (redisUrl === undefined) return { store: createMemoryStore(), close: () => Promise.resolve() }
  const [{ createClient }, { createRedisStore }] = await Promise.all([
    import('redis'),
    import('react-linq-typing/redis'),
  ])
  let isFound = false
  const client = createClient({
    url: redisUrl,
    disableOfflineQueue: true,
    socket: { reconnectStrategy: (attempts) => isFound && Math.min(attempts * 100, 2_000) },
  })
  // The hub says so when Redis is away.
  client.on('error', () => undefined)
  await client.connect().catch((cause: unknown) => {
    throw new Error('No Redis answers at REDIS_URL. Start it, or leave REDIS_URL out.', { cause })
  })
  isFound = true
  return { store: createRedisStore({ client }), close: async () => client.destroy() }
}
