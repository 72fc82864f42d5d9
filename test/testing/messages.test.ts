import { BadRequestError, ConflictError } from '@linqapp/sdk'
import { createLinqEmulator, type LinqChatInit, type LinqEmulatorOptions } from 'react-linq-typing/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLinqClient } from './linqClient.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

function setUp(options?: LinqEmulatorOptions, chat?: LinqChatInit) {
  const emulator = createLinqEmulator(options)
  const chatId = emulator.addChat(chat)
  const { typing, messages } = createLinqClient(emulator).chats
  const send = (text: string) =>
    messages.send(chatId, { message: { parts: [{ type: 'text', value: text }] } })
  return { emulator, chatId, typing, messages, send, sees: () => emulator.recipientSees(chatId) }
}

/** Moves the clock without firing a timer. */
function pass(ms: number) {
  vi.setSystemTime(Date.now() + ms)
}

describe('sending', () => {
  it('is accepted at once, and answered in the shape of the official client', async () => {
    const { emulator, chatId, send } = setUp()
    const { data, response } = await send('Hello').withResponse()
    expect(response.status).toBe(202)
    expect(response.headers.get('x-trace-id')).toMatch(/^[\da-f]{32}$/)
    expect(data).toMatchObject({
      chat_id: chatId,
      message: {
        created_at: '1970-01-01T00:00:00.000Z',
        delivery_status: 'pending',
        is_read: false,
        parts: [{ type: 'text', value: 'Hello', reactions: null }],
        sent_at: null,
      },
    })
    expect(emulator.messages(chatId)).toEqual([
      { id: data.message.id, text: 'Hello', from: 'us', acceptedAt: 0, deliveredAt: null },
    ])
  })

  it('delivers 1.1 s later unless told, with no timer fired', async () => {
    const { emulator, chatId, send } = setUp()
    await send('Hello')
    pass(1_099)
    expect(emulator.messages(chatId)).toMatchObject([{ deliveredAt: null }])
    pass(1)
    expect(emulator.messages(chatId)).toMatchObject([{ acceptedAt: 0, deliveredAt: 1_100 }])
  })

  it('takes its delay from a function, anew for every message', async () => {
    const delays = [2_600, 300]
    const { emulator, chatId, send } = setUp({ deliveryDelay: () => delays.shift() ?? 0 })
    await send('late')
    await send('early')
    pass(300)
    expect(emulator.messages(chatId)).toMatchObject([
      { text: 'late', deliveredAt: null },
      { text: 'early', deliveredAt: 300 },
    ])
    pass(2_300)
    expect(emulator.messages(chatId)).toMatchObject([{ deliveredAt: 2_600 }, { deliveredAt: 300 }])
  })

  it('clears the bubble at the delivery, not at the acceptance', async () => {
    const { emulator, chatId, typing, send, sees } = setUp()
    await typing.start(chatId)
    pass(5_000)
    await send('Hello')
    pass(1_099)
    expect(sees()).toBe(true)
    pass(1)
    expect(sees()).toBe(false)
    expect(emulator.timeline(chatId)).toEqual([{ from: 0, to: 6_100, endedBy: 'message' }])
  })

  it('wipes a start issued between the acceptance and the delivery', async () => {
    const { emulator, chatId, typing, send, sees } = setUp()
    await send('Hello')
    pass(500)
    await typing.start(chatId)
    expect(sees()).toBe(true)
    pass(600)
    expect(sees()).toBe(false)
    expect(emulator.timeline(chatId)).toEqual([{ from: 500, to: 1_100, endedBy: 'message' }])
  })

  it('does not wipe a start issued at the delivery or after it', async () => {
    const { chatId, typing, send, sees } = setUp()
    await send('Hello')
    pass(1_100)
    await typing.start(chatId)
    expect(sees()).toBe(true)
    pass(59_999)
    expect(sees()).toBe(true)
  })

  it('without a delay, clears what came before and not what comes after in the same moment', async () => {
    const { chatId, typing, send, sees } = setUp({ deliveryDelay: 0 })
    await typing.start(chatId)
    await send('Hello')
    expect(sees()).toBe(false)
    await typing.start(chatId)
    expect(sees()).toBe(true)
  })

  it('leaves to a stop issued in between that the bubble vanishes before the message shows', async () => {
    const { emulator, chatId, typing, send } = setUp()
    await typing.start(chatId)
    await send('Hello')
    pass(200)
    await typing.stop(chatId)
    pass(2_000)
    expect(emulator.timeline(chatId)).toEqual([{ from: 0, to: 200, endedBy: 'stop' }])
  })

  it('clears at every one of several overlapping deliveries', async () => {
    const delays = [3_000, 1_000]
    const { emulator, chatId, typing, send } = setUp({ deliveryDelay: () => delays.shift() ?? 0 })
    await typing.start(chatId)
    await send('one')
    await send('two')
    pass(2_000)
    await typing.start(chatId)
    pass(5_000)
    expect(emulator.timeline(chatId)).toEqual([
      { from: 0, to: 1_000, endedBy: 'message' },
      { from: 2_000, to: 3_000, endedBy: 'message' },
    ])
  })

  it('makes the chat active when it is delivered', async () => {
    const { chatId, typing, send, sees } = setUp({}, { lastMessageAt: null })
    await send('Hello')
    pass(500)
    await typing.start(chatId)
    expect(sees()).toBe(false)
    pass(600)
    await typing.start(chatId)
    expect(sees()).toBe(true)
  })

  it('joins the texts of its parts', async () => {
    const { emulator, chatId, messages } = setUp()
    const parts = ['Hello, ', 'world'].map((value) => ({ type: 'text' as const, value }))
    await messages.send(chatId, { message: { parts } })
    expect(emulator.messages(chatId)).toMatchObject([{ text: 'Hello, world' }])
  })

  it('goes to a group that refuses typing', async () => {
    const { emulator, chatId, send } = setUp({}, { isGroup: true })
    await send('Hello')
    expect(emulator.messages(chatId)).toHaveLength(1)
  })

  it('is refused in a chat that was left', async () => {
    const { emulator, chatId, send } = setUp({}, { status: 'left' })
    await expect(send('Hello')).rejects.toBeInstanceOf(ConflictError)
    expect(emulator.messages(chatId)).toEqual([])
  })

  it('is refused without parts', async () => {
    const { emulator, chatId, messages } = setUp()
    const call = messages.send(chatId, { message: { parts: [] } })
    await expect(call).rejects.toBeInstanceOf(BadRequestError)
    expect(emulator.messages(chatId)).toEqual([])
  })

  it.each(['', 'no json', '"text"', '{"message":null}'])('is refused with the body %j', async (body) => {
    const { emulator, chatId } = setUp()
    const response = await emulator.fetch(`/v3/chats/${chatId}/messages`, { method: 'POST', body })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 1002 } })
  })

  it('lands although its client is told otherwise', async () => {
    const { emulator, chatId, send } = setUp({ network: () => ({ answer: { status: 500, landed: true } }) })
    await expect(send('Hello')).rejects.toHaveProperty('status', 500)
    expect(emulator.messages(chatId)).toHaveLength(1)
  })
})

describe('receiving', () => {
  it('leaves the bubble on', async () => {
    const { emulator, chatId, typing, sees } = setUp()
    await typing.start(chatId)
    pass(1_000)
    emulator.receive(chatId, 'Hi')
    expect(sees()).toBe(true)
    expect(emulator.messages(chatId)).toMatchObject([
      { text: 'Hi', from: 'them', acceptedAt: 1_000, deliveredAt: 1_000 },
    ])
  })
})

describe('a recipient who brings their app to the front', () => {
  async function setUpUnread() {
    const world = setUp()
    await world.send('Hello')
    pass(2_000)
    await world.typing.start(world.chatId)
    pass(1_000)
    return world
  }

  it('loses the bubble while a message of ours is unread', async () => {
    const { emulator, chatId, sees } = await setUpUnread()
    emulator.reopen(chatId)
    expect(sees()).toBe(false)
    expect(emulator.timeline(chatId)).toEqual([{ from: 2_000, to: 3_000, endedBy: 'reopened' }])
  })

  it('does not get it back by a plain start', async () => {
    const { emulator, chatId, typing, sees } = await setUpUnread()
    emulator.reopen(chatId)
    for (let minute = 0; minute < 3; minute += 1) {
      pass(45_000)
      await typing.start(chatId)
      expect(sees()).toBe(false)
    }
    expect(emulator.timeline(chatId)).toHaveLength(1)
  })

  it('gets it back by a stop and a start', async () => {
    const { emulator, chatId, typing, sees } = await setUpUnread()
    emulator.reopen(chatId)
    await typing.stop(chatId)
    expect(sees()).toBe(false)
    await typing.start(chatId)
    expect(sees()).toBe(true)
  })

  it('gets it back by a start after another message', async () => {
    const { emulator, chatId, typing, send, sees } = await setUpUnread()
    emulator.reopen(chatId)
    await send('And another')
    pass(1_100)
    await typing.start(chatId)
    expect(sees()).toBe(true)
  })

  it('gets it back by a start after the lifetime has run out', async () => {
    const { emulator, chatId, typing, sees } = await setUpUnread()
    emulator.reopen(chatId)
    pass(59_000)
    await typing.start(chatId)
    expect(sees()).toBe(true)
  })

  it('keeps the bubble where everything is read', async () => {
    const { emulator, chatId, typing, sees } = await setUpUnread()
    emulator.reopen(chatId)
    await typing.stop(chatId)
    await typing.start(chatId)
    emulator.reopen(chatId)
    expect(sees()).toBe(true)
  })

  it('keeps the bubble where the message is still on its way, or is their own', async () => {
    const { emulator, chatId, typing, send, sees } = setUp()
    emulator.receive(chatId, 'Hi')
    await typing.start(chatId)
    await send('Hello')
    pass(500)
    emulator.reopen(chatId)
    expect(sees()).toBe(true)
  })

  it('sees a start that comes after, where there was no bubble to drop', async () => {
    const { emulator, chatId, typing, send, sees } = setUp()
    await send('Hello')
    pass(2_000)
    emulator.reopen(chatId)
    await typing.start(chatId)
    expect(sees()).toBe(true)
  })
})
