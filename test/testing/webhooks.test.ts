import type {
  ChatTypingIndicatorStartedWebhookEvent,
  ChatTypingIndicatorStoppedWebhookEvent,
  MessageDeliveredWebhookEvent,
  MessageReadWebhookEvent,
  MessageReceivedWebhookEvent,
  MessageSentWebhookEvent,
} from '@linqapp/sdk/resources/webhooks'
import { createLinqEmulator, type LinqWebhookEvent } from 'react-linq-typing/testing'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { settle } from './hold.js'
import { openWebhooks, secret } from './openWebhooks.js'
import { postMessage } from '../postMessage.js'

const noon = new Date('2026-03-01T12:00:00.000Z').getTime()

beforeEach(() => {
  vi.useFakeTimers({ now: noon })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a webhook', () => {
  it('has a body that the official client has types for', () => {
    type Typing = Extract<LinqWebhookEvent, { data: { chat_id: string } }>
    type Message = Exclude<LinqWebhookEvent, Typing>
    expectTypeOf<Typing>().toExtend<ChatTypingIndicatorStartedWebhookEvent>()
    expectTypeOf<Typing>().toExtend<ChatTypingIndicatorStoppedWebhookEvent>()
    expectTypeOf<Message>().toExtend<MessageReceivedWebhookEvent>()
    expectTypeOf<Message>().toExtend<MessageSentWebhookEvent>()
    expectTypeOf<Message>().toExtend<MessageDeliveredWebhookEvent>()
    expectTypeOf<Message>().toExtend<MessageReadWebhookEvent>()
  })

  it('tells that the recipient types, in the form of 2026-02-03', async () => {
    const { emulator, chatId, events } = openWebhooks()
    emulator.recipientTypes(chatId)
    await settle()
    expect(events).toEqual([
      {
        api_version: 'v3',
        webhook_version: '2026-02-03',
        event_type: 'chat.typing_indicator.started',
        event_id: expect.stringMatching(/^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/) as string,
        created_at: '2026-03-01T12:00:00.000Z',
        trace_id: expect.stringMatching(/^[\da-f]{32}$/) as string,
        partner_id: 'emulated-partner',
        data: { chat_id: chatId },
      },
    ])
  })

  it('names who types where that was said', async () => {
    const { emulator, chatId, events } = openWebhooks({ chat: { isGroup: true } })
    emulator.recipientTypes(chatId, { handle: '+12025550102' })
    emulator.recipientStops(chatId, { handle: 'ada@example.com' })
    await settle()
    expect(events).toMatchObject([
      { data: { actor_handle: { handle: '+12025550102', is_me: false } } },
      { data: { actor_handle: { handle: 'ada@example.com', is_me: false } } },
    ])
  })

  it('tells of a message from the recipient', async () => {
    const { emulator, chatId, events } = openWebhooks({ chat: { isGroup: true } })
    const id = emulator.recipientSends(chatId, 'Hello', { handle: '+12025550102' })
    await settle()
    expect(events).toMatchObject([
      {
        event_type: 'message.received',
        data: {
          id,
          chat: { id: chatId, is_group: true, owner_handle: { is_me: true } },
          direction: 'inbound',
          sender_handle: { handle: '+12025550102', is_me: false },
          parts: [{ type: 'text', value: 'Hello' }],
          service: 'iMessage',
          sent_at: '2026-03-01T12:00:00.000Z',
          delivered_at: null,
          read_at: null,
        },
      },
    ])
    expect(emulator.messages(chatId)).toMatchObject([{ id, text: 'Hello', from: 'them' }])
  })

  it('tells that our message was sent, delivered and read', async () => {
    const { emulator, chatId, events, types } = openWebhooks()
    const id = emulator.send(chatId, 'Here')
    await vi.advanceTimersByTimeAsync(1_099)
    expect(types()).toEqual(['message.sent'])
    await vi.advanceTimersByTimeAsync(901)
    emulator.recipientReads(chatId)
    emulator.recipientReads(chatId)
    await settle()
    const [sent_at, delivered_at, read_at] = ['12:00:00.000', '12:00:01.100', '12:00:02.000'].map(
      (time) => `2026-03-01T${time}Z`,
    )
    const ours = { id, direction: 'outbound', sender_handle: { is_me: true } }
    expect(events).toMatchObject([
      {
        event_type: 'message.sent',
        created_at: sent_at,
        data: { ...ours, sent_at, delivered_at: null, read_at: null },
      },
      {
        event_type: 'message.delivered',
        created_at: delivered_at,
        data: { ...ours, sent_at, delivered_at, read_at: null },
      },
      { event_type: 'message.read', created_at: read_at, data: { ...ours, sent_at, delivered_at, read_at } },
    ])
  })

  it('tells the same of a message that is sent by a call, with its idempotency key', async () => {
    const { emulator, chatId, events, types } = openWebhooks()
    await postMessage(emulator, chatId, 'Here')
    const message = { idempotency_key: 'key-1', parts: [{ type: 'text', value: 'And here' }] }
    await emulator.fetch(`/v3/chats/${chatId}/messages`, {
      method: 'POST',
      body: JSON.stringify({ message }),
    })
    await vi.advanceTimersByTimeAsync(1_100)
    expect(types()).toEqual(['message.sent', 'message.sent', 'message.delivered', 'message.delivered'])
    expect(events.map(({ data }) => 'idempotency_key' in data && data.idempotency_key)).toEqual([
      null,
      'key-1',
      null,
      'key-1',
    ])
  })

  it('comes of receive and reopen too', async () => {
    const { emulator, chatId, types } = openWebhooks({ deliveryDelay: 0 })
    emulator.receive(chatId, 'Hello')
    emulator.send(chatId, 'Here')
    emulator.reopen(chatId)
    await settle()
    expect(types()).toEqual(['message.received', 'message.sent', 'message.delivered', 'message.read'])
  })

  it.each([{ service: 'SMS' }, { service: 'RCS' }, { status: 'left' }, { status: 'removed' }] as const)(
    'tells of no typing in a chat with %o',
    async (chat) => {
      const { emulator, chatId, events } = openWebhooks({ chat })
      emulator.recipientTypes(chatId)
      emulator.recipientStops(chatId)
      await settle()
      expect(events).toEqual([])
      expect(emulator.recipientTimeline(chatId)).toEqual([])
    },
  )

  it('is dated a millisecond after the one before in its chat while the clock stands still', () => {
    const { emulator, chatId } = openWebhooks({ deliveryDelay: 1 })
    const other = emulator.addChat()
    emulator.recipientTypes(chatId)
    emulator.recipientTypes(other)
    emulator.send(chatId, 'Here')
    emulator.recipientSends(chatId, 'Hello')
    vi.advanceTimersByTime(1)
    emulator.recipientTypes(other)
    expect(emulator.webhookDeliveries.map((one) => [one.chatId, one.createdAt - noon])).toEqual([
      [chatId, 0],
      [other, 0],
      [chatId, 1],
      [chatId, 2],
      [chatId, 3],
      [other, 1],
    ])
    expect(emulator.webhookDeliveries.at(-2)?.event).toMatchObject({
      event_type: 'message.delivered',
      created_at: '2026-03-01T12:00:00.003Z',
      data: { delivered_at: '2026-03-01T12:00:00.001Z' },
    })
  })

  it('is not made while there is no target, and needs no timer then', async () => {
    const emulator = createLinqEmulator()
    const chatId = emulator.addChat()
    emulator.recipientTypes(chatId)
    emulator.send(chatId, 'Here')
    expect(emulator.webhookDeliveries).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
    const to = vi.fn(() => new Response())
    emulator.webhooks = { secret, to }
    emulator.recipientStops(chatId)
    await settle()
    expect(emulator.webhookDeliveries).toMatchObject([{ chatId, status: 'delivered' }])
    expect(to).toHaveBeenCalledOnce()
  })

  it('is posted to an address by the global fetch', async () => {
    const post = vi.fn<typeof fetch>(async () => new Response(null, { status: 200 }))
    vi.stubGlobal('fetch', post)
    const emulator = createLinqEmulator({ webhooks: { secret, to: 'http://localhost:3000/webhooks/linq' } })
    emulator.recipientTypes(emulator.addChat())
    await settle()
    const [delivery] = emulator.webhookDeliveries
    const [address, init] = post.mock.calls[0]!
    expect([address, init?.method, init?.body]).toEqual([
      'http://localhost:3000/webhooks/linq',
      'POST',
      delivery?.body,
    ])
    expect(new Webhook(secret).verify(init?.body as string, init?.headers as Record<string, string>)).toEqual(
      delivery?.event,
    )
    expect(delivery?.attempts).toMatchObject([{ status: 200, answeredAt: noon }])
  })

  it('is signed: a body changed on the way is refused', async () => {
    const { emulator, chatId, attempts } = openWebhooks()
    emulator.recipientTypes(chatId)
    await settle()
    const [delivery] = emulator.webhookDeliveries
    const forged = delivery!.body.replace('started', 'stopped')
    expect(() => new Webhook(secret).verify(forged, attempts()[0]!.headers)).toThrow('No matching signature')
  })

  it.each(['', 'whsec_', 'not base64!'])('cannot be signed with %j', (broken) => {
    const to = () => new Response()
    expect(() => createLinqEmulator({ webhooks: { secret: broken, to } })).toThrow('`whsec_` and base64')
  })
})

describe('send', () => {
  it('throws where Linq refuses the message', () => {
    const emulator = createLinqEmulator()
    const chatId = emulator.addChat({ status: 'left' })
    expect(() => emulator.send(chatId, 'Here')).toThrow('409, code 2013')
    expect(() => emulator.send('elsewhere', 'Here')).toThrow('has no chat "elsewhere"')
    expect(emulator.messages(chatId)).toEqual([])
  })
})
