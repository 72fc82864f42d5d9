import { createLinqEmulator } from 'react-linq-typing/testing'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hold, settle } from './hold.js'
import { openWebhooks, secret } from './openWebhooks.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('the network of webhooks', () => {
  it('delivers late, signed when the webhook leaves, and dated when it happened', async () => {
    const { emulator, chatId, events, attempts } = openWebhooks({
      webhookNetwork: () => ({ delay: 400_000 }),
    })
    emulator.recipientTypes(chatId)
    await pass(399_999)
    expect(events).toEqual([])
    await pass(1)
    expect(events).toMatchObject([{ created_at: '1970-01-01T00:00:00.000Z' }])
    expect(attempts()).toMatchObject([{ sentAt: 400_000, headers: { 'webhook-timestamp': '400' } }])
  })

  it('delivers in another order', async () => {
    const { emulator, chatId, types } = openWebhooks({
      webhookNetwork: ({ event }) => ({ delay: event.event_type.endsWith('started') ? 300 : 0 }),
    })
    emulator.recipientTypes(chatId)
    emulator.recipientStops(chatId)
    await pass(300)
    expect(types()).toEqual(['stopped', 'started'])
  })

  it('holds a webhook until its promise settles', async () => {
    const held = hold()
    const { emulator, chatId, events } = openWebhooks({ webhookNetwork: () => ({ delay: held.promise }) })
    emulator.recipientTypes(chatId)
    await pass(60_000)
    expect(events).toEqual([])
    held.release()
    await settle()
    expect(events).toHaveLength(1)
  })

  it('delivers twice, with the same id, each copy as late as it is told', async () => {
    const { emulator, chatId, events, attempts } = openWebhooks({
      webhookNetwork: () => ({ copies: 2, delay: (copy) => copy * 5_000 }),
    })
    emulator.recipientTypes(chatId)
    await settle()
    expect(events).toHaveLength(1)
    await pass(5_000)
    expect(events[1]).toEqual(events[0])
    expect(attempts().map(({ retry, status }) => [retry, status])).toEqual([
      [0, 204],
      [0, 204],
    ])
    expect(new Set(attempts().map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  it('loses a webhook, which is tried again once nobody has answered for ten seconds', async () => {
    const { emulator, chatId, events, attempts } = openWebhooks({
      webhookNetwork: ({ attempts }) => ({ lost: attempts.length === 0 }),
    })
    emulator.recipientTypes(chatId)
    await pass(11_499)
    expect(events).toEqual([])
    await pass(1)
    expect(events).toHaveLength(1)
    expect(attempts()).toMatchObject([
      { retry: 0, sentAt: 0, answeredAt: null, status: null },
      { retry: 1, sentAt: 11_500, answeredAt: 11_500, status: 204 },
    ])
  })

  it('changes at any time, for retries too', async () => {
    const { emulator, chatId, events } = openWebhooks({ webhookNetwork: () => ({ lost: true }) })
    emulator.recipientTypes(chatId)
    emulator.webhookNetwork = undefined
    await pass(11_500)
    expect(events).toHaveLength(1)
  })
})

describe('Linq tries again', () => {
  it.each([500, 503, 429, 302])('after %i', async (status) => {
    const { emulator, chatId, attempts } = openWebhooks({
      answer: () => new Response(null, { status: attempts().length === 1 ? status : 200 }),
    })
    emulator.recipientTypes(chatId)
    await pass(1_500)
    expect(attempts().map((attempt) => attempt.status)).toEqual([status, 200])
    expect(emulator.webhookDeliveries).toMatchObject([{ status: 'delivered' }])
  })

  it('after a server that broke off', async () => {
    const { emulator, chatId, attempts } = openWebhooks({
      answer: () =>
        attempts().length === 1 ? Promise.reject(new Error('gone')) : new Response(null, { status: 200 }),
    })
    emulator.recipientTypes(chatId)
    await pass(1_500)
    expect(attempts().map(({ status }) => status)).toEqual([null, 200])
  })

  it.each([400, 401, 404, 413])('not after %i', async (status) => {
    const { emulator, chatId, attempts } = openWebhooks({ answer: () => new Response(null, { status }) })
    emulator.recipientTypes(chatId)
    await pass(3_600_000)
    expect(attempts()).toHaveLength(1)
    expect(emulator.webhookDeliveries).toMatchObject([{ status: 'failed' }])
  })

  it('ten times over 25 minutes, with the same id and body, and signed anew', async () => {
    const { emulator, chatId, attempts, events } = openWebhooks({
      answer: () => new Response(null, { status: 503 }),
    })
    emulator.recipientTypes(chatId)
    await pass(3_600_000)
    expect(attempts()).toHaveLength(11)
    expect(attempts().at(-1)!.sentAt / 60_000).toBeCloseTo(25.6, 1)
    expect(new Set(attempts().map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(attempts().map(({ headers }) => headers['webhook-timestamp'])).size).toBe(11)
    expect(new Set(attempts().map(({ headers }) => headers['webhook-signature'])).size).toBe(11)
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(1)
    expect(emulator.webhookDeliveries).toMatchObject([{ status: 'failed' }])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('after a server that took too long, which has the webhook twice then', async () => {
    const held = hold()
    const { emulator, chatId, events } = openWebhooks({
      answer: () => held.promise.then(() => new Response(null, { status: 200 })),
    })
    emulator.recipientTypes(chatId)
    await pass(11_500)
    held.release()
    await settle()
    expect(events).toHaveLength(2)
    expect(emulator.webhookDeliveries).toMatchObject([{ status: 'delivered' }])
  })
})

describe('the log of webhooks', () => {
  it('tells its listeners of every attempt and every answer', async () => {
    const held = hold()
    const { emulator, chatId } = openWebhooks({
      answer: () => held.promise.then(() => new Response(null, { status: 200 })),
    })
    const seen: unknown[] = []
    emulator.subscribe(() =>
      seen.push(emulator.webhookDeliveries.map(({ attempts, status }) => [attempts.length, status])),
    )
    emulator.recipientTypes(chatId)
    held.release()
    await settle()
    expect(seen).toContainEqual([[1, 'pending']])
    expect(seen.at(-1)).toEqual([[1, 'delivered']])
  })

  it('keeps what is told by a clock of its own', async () => {
    const clock = {
      now: () => 1_000_000,
      setTimeout: () => 0,
      clearTimeout: () => undefined,
    }
    const emulator = createLinqEmulator({
      clock,
      webhooks: { secret, to: () => new Response(null, { status: 200 }) },
    })
    emulator.recipientTypes(emulator.addChat())
    await settle()
    expect(emulator.webhookDeliveries).toMatchObject([
      {
        createdAt: 1_000_000,
        event: { created_at: '1970-01-01T00:16:40.000Z' },
        attempts: [{ sentAt: 1_000_000, answeredAt: 1_000_000 }],
      },
    ])
    vi.setSystemTime(1_000_000)
    const [{ body, attempts }] = emulator.webhookDeliveries as [(typeof emulator.webhookDeliveries)[0]]
    expect(new Webhook(secret).verify(body, attempts[0]!.headers)).toBeTruthy()
  })
})
