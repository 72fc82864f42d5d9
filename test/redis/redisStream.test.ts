import { createRedisStore } from 'react-linq-typing/redis'
import { createTypingHub, createTypingStream } from 'react-linq-typing/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { app, readPage, typistsOf } from '../server/stream/setUpStream.js'
import { clients, hasRedis, startRedis, type ConnectedClient, type RedisServer } from './redisServer.js'

const soon = { timeout: 30_000, interval: 10 }

describe.skipIf(!hasRedis).each(['redis', 'ioredis'] as const)('streams of two servers, by %s', (name) => {
  let redis: RedisServer
  const connected: ConnectedClient[] = []

  beforeEach(async () => {
    redis = await startRedis()
  })
  afterEach(async () => {
    for (const { close } of connected.splice(0)) close()
    await redis.kill()
  })

  async function startServer() {
    const own = await clients[name](redis.port)
    connected.push(own)
    const store = createRedisStore({ client: own.client })
    const onEvent = vi.fn()
    const stream = createTypingStream({
      hub: createTypingHub({ store, onEvent }),
      identify: () => ({ actor: 'me', maySee: (chatId) => chatId !== 'hidden' }),
    })
    const open = async () => {
      const answer = await stream(new Request(app, { headers: { 'Sec-Fetch-Site': 'same-origin' } }))
      const page = readPage(answer)
      return {
        ...page,
        tells: (news: string[]) => vi.waitFor(async () => expect(await page.news()).toEqual(news), soon),
      }
    }
    return { open, onEvent, ...typistsOf(store) }
  }

  it('tell what happens on either of them, once', async () => {
    const [here, there] = [await startServer(), await startServer()]
    await here.agentTypes('a', 'ada')
    await there.recipientTypes('b')
    const [page, other] = [await here.open(), await there.open()]
    await page.tells(['snapshot a:ada b:recipient'])
    await other.tells(['snapshot a:ada b:recipient'])
    await there.agentTypes('hidden', 'ada')
    await there.agentStops('a', 'ada')
    await page.tells(['idle a:ada'])
    await other.tells(['idle a:ada'])
    await here.agentTypes('a', 'bob')
    await page.tells(['typing a:bob'])
    await other.tells(['typing a:bob'])
    await page.leave()
    await other.leave()
  })

  it('go on when Redis dies, and tell all that is so when it is back', async () => {
    const [here, there] = [await startServer(), await startServer()]
    await here.agentTypes('a', 'ada')
    const page = await here.open()
    await page.tells(['snapshot a:ada'])
    await redis.kill()
    await redis.start()
    // Redis forgot Ada, and hears of Bob.
    await vi.waitFor(() => there.agentTypes('b', 'bob'), soon)
    const news: string[] = []
    await vi.waitFor(async () => {
      news.push(...(await page.news()))
      // Bob may be heard of before the snapshot, in it, or after it.
      const snapshot = news.filter((line) => line.startsWith('snapshot')).at(-1)
      expect(snapshot).toBeDefined()
      const rest = news.slice(news.lastIndexOf(snapshot!) + 1)
      expect([snapshot, ...rest].join(' ')).toMatch(/^snapshot( typing)?( b:bob)+$/)
    }, soon)
    expect(page.end()).toBeUndefined()
    await page.leave()
  })
})
