import type { UnwrapWebhookEvent } from '@linqapp/sdk/resources/webhooks'
import type { LinqWebhookEvent } from 'react-linq-typing/server'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { isLinqEvent, readChatNews } from '../../src/server/linqEvent.js'

const chatId = '6d2b3ff4-1d44-4f0a-9b5e-0f8d6f1a2b3c'
const created_at = '2026-11-26T12:00:00.123Z'
const at = Date.parse(created_at)
const read = (event_type: string, data: unknown, rest: object = {}) =>
  readChatNews({ event_type, event_id: 'e', created_at, data, ...rest })

describe("Linq's webhook events", () => {
  it.each([
    ['started', 'typing'],
    ['stopped', 'idle'],
  ])('say that typing was %s', (word, type) => {
    const event = `chat.typing_indicator.${word}`
    const known = { type, chatId, at, handle: undefined, id: undefined }
    expect(read(event, { chat_id: chatId })).toEqual(known)
    expect(read(event, { chat_id: chatId.toUpperCase(), actor_handle: '+1' })).toEqual({
      ...known,
      handle: '+1',
    })
    expect(read(event, { chat_id: chatId, actor_handle: { handle: '+1' } })).toMatchObject({ handle: '+1' })
    expect(read(event, { chat_id: chatId, actor_handle: { handle: '+1', is_me: true } })).toBeUndefined()
  })

  it('say that a message of theirs came, in the form of 2026-02-03', () => {
    const data = { id: 'm', chat: { id: chatId }, direction: 'inbound', sender_handle: { handle: '+1' } }
    expect(read('message.received', data)).toEqual({ type: 'received', chatId, at, handle: '+1', id: 'm' })
    expect(read('message.delivered', data)).toBeUndefined()
    const group = { ...data, chat: { id: chatId, is_group: true } }
    expect(read('message.received', group)).toMatchObject({ handle: '+1' })
  })

  it('name nobody by a message in a chat of two, for it may come from another address of theirs', () => {
    const data = { chat: { id: chatId, is_group: false }, sender_handle: { handle: 'ada@example.com' } }
    expect(read('message.received', data)).toMatchObject({ type: 'received', handle: undefined })
  })

  it.each(['message.sent', 'message.delivered', 'message.received'])(
    'say by %s that a message of ours left',
    (type) => {
      const data = { id: 'm', chat: { id: chatId }, direction: 'outbound', sender_handle: { is_me: true } }
      const known = { type: 'sent', chatId, at, handle: undefined, id: 'm' }
      expect(read(type, data)).toEqual(known)
      const older = { chat_id: chatId, is_from_me: true, message: { id: 'm' }, from: '+1' }
      expect(read(type, older)).toEqual(known)
    },
  )

  it.each([{ from: '+1' }, { from_handle: { handle: '+1' } }])(
    'say that a message of theirs came, in the older form with %j',
    (from) => {
      const data = { chat_id: chatId, is_from_me: false, message: { id: 'm' }, ...from }
      expect(read('message.received', data)).toEqual({ type: 'received', chatId, at, handle: '+1', id: 'm' })
    },
  )

  it('say of a message without a side what their name says', () => {
    const data = { chat_id: chatId, message: { id: 'm' } }
    expect(read('message.received', data)).toMatchObject({ type: 'received', handle: undefined })
    expect(read('message.sent', data)).toMatchObject({ type: 'sent' })
    expect(read('message.received', { ...data, sender_handle: { is_me: true } })).toMatchObject({
      type: 'sent',
    })
  })

  it.each([
    ['of another type', 'message.read', { chat: { id: chatId } }],
    ['of a type that is an object’s own', '__proto__', { chat_id: chatId }],
    ['without data', 'message.received', undefined],
    ['with null', 'message.received', null],
    ['with a text', 'message.received', 'x'],
    ['without a chat', 'chat.typing_indicator.started', {}],
    ['with a chat that is no UUID', 'chat.typing_indicator.started', { chat_id: '../x' }],
    ['with a chat that is a number', 'chat.typing_indicator.started', { chat_id: 1 }],
  ])('say nothing if they are %s', (_what, type, data) => {
    expect(read(type, data)).toBeUndefined()
  })

  it.each([undefined, 'soon', '', 1, null])('say nothing if they happened at %j', (when) => {
    expect(read('chat.typing_indicator.started', { chat_id: chatId }, { created_at: when })).toBeUndefined()
  })

  it('name nobody by what is no handle', () => {
    for (const actor_handle of ['', 1, [], {}, null, 'x'.repeat(257)])
      expect(read('chat.typing_indicator.started', { chat_id: chatId, actor_handle })).toMatchObject({
        handle: undefined,
      })
  })

  it('have a type and an id', () => {
    expect(isLinqEvent({ event_type: 'x', event_id: 'y' })).toBe(true)
    for (const other of [
      {},
      { event_type: 'x' },
      { event_type: 'x', event_id: '' },
      { event_type: 1, event_id: 'y' },
    ])
      expect(isLinqEvent(other)).toBe(false)
    for (const other of [null, 1, 'x', [], { event_type: 'x', event_id: 'y'.repeat(257) }])
      expect(isLinqEvent(other)).toBe(false)
  })

  it('may be those of the official client', () => {
    expectTypeOf<UnwrapWebhookEvent>().toExtend<LinqWebhookEvent>()
  })
})
