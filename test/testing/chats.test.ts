import { ConflictError, NotFoundError } from '@linqapp/sdk'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { describe, expect, it } from 'vitest'
import { createLinqClient } from './linqClient.js'

describe('adding a chat', () => {
  it('gives it a UUID of version 4, the same ones in every run', () => {
    const [one, other] = [createLinqEmulator(), createLinqEmulator()]
    const ids = [one.addChat(), one.addChat()]
    expect(new Set(ids).size).toBe(2)
    for (const id of ids)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect([other.addChat(), other.addChat()]).toEqual(ids)
  })

  it('takes a given id, and counts around it', () => {
    const taken = createLinqEmulator().addChat()
    const emulator = createLinqEmulator()
    expect(emulator.addChat({ id: taken })).toBe(taken)
    expect(emulator.addChat()).not.toBe(taken)
  })

  it('refuses an id twice', () => {
    const emulator = createLinqEmulator()
    const id = emulator.addChat()
    expect(() => emulator.addChat({ id })).toThrow(id)
  })

  it('is asked for where a chat is changed that does not exist', () => {
    const emulator = createLinqEmulator()
    expect(() => emulator.updateChat('nowhere', {})).toThrow('nowhere')
    expect(() => emulator.receive('nowhere', 'Hi')).toThrow('nowhere')
    expect(() => emulator.reopen('nowhere')).toThrow('nowhere')
  })
})

describe('reading a chat', () => {
  it('answers the shape of the official client', async () => {
    const emulator = createLinqEmulator()
    const id = emulator.addChat({ name: 'Ada' })
    const chat = await createLinqClient(emulator).chats.retrieve(id)
    expect(chat).toMatchObject({ id, display_name: 'Ada', is_group: false, service: 'iMessage' })
    expect(chat.health_status.status).toBe('HEALTHY')
    expect(chat.handles.map(({ is_me, status }) => ({ is_me, status }))).toEqual([
      { is_me: true, status: 'active' },
      { is_me: false, status: 'active' },
    ])
    expect(emulator.calls).toMatchObject([{ action: 'read', chatId: id, status: 200 }])
  })

  it('tells a group, a service that is not known yet, and the health', async () => {
    const emulator = createLinqEmulator()
    const id = emulator.addChat({ isGroup: true, service: null, health: 'AT_RISK' })
    const chat = await createLinqClient(emulator).chats.retrieve(id)
    expect(chat).toMatchObject({ is_group: true, service: null, health_status: { status: 'AT_RISK' } })
    expect(chat.handles).toHaveLength(3)
    expect(new Set(chat.handles.map((handle) => handle.id)).size).toBe(3)
  })

  it.each(['left', 'removed'] as const)('tells by our handle that we %s', async (status) => {
    const emulator = createLinqEmulator()
    const id = emulator.addChat({ status })
    const { handles } = await createLinqClient(emulator).chats.retrieve(id)
    expect(handles.find(({ is_me }) => is_me)?.status).toBe(status)
  })

  it('sees what was changed, and only that', async () => {
    const emulator = createLinqEmulator()
    const id = emulator.addChat({ name: 'Ada', isGroup: true })
    emulator.updateChat(id, { service: 'SMS', name: undefined })
    const chat = await createLinqClient(emulator).chats.retrieve(id)
    expect(chat).toMatchObject({ display_name: 'Ada', is_group: true, service: 'SMS' })
  })

  it('is refused for unknown chats and for those still being created', async () => {
    const emulator = createLinqEmulator()
    const { chats } = createLinqClient(emulator)
    const unknown = chats.retrieve('550e8400-e29b-41d4-a716-446655440000')
    await expect(unknown).rejects.toBeInstanceOf(NotFoundError)
    const creating = chats.retrieve(emulator.addChat({ status: 'creating' }))
    await expect(creating).rejects.toBeInstanceOf(ConflictError)
  })
})

describe('changing a chat', () => {
  it('does not stop a message that is on its way from making it active', async () => {
    let time = 0
    const clock = { now: () => time, setTimeout: () => null, clearTimeout: () => {} }
    const emulator = createLinqEmulator({ clock })
    const id = emulator.addChat()
    const { typing, messages } = createLinqClient(emulator).chats
    await messages.send(id, { message: { parts: [{ type: 'text', value: 'Hi' }] } })
    emulator.updateChat(id, { lastMessageAt: null })
    time = 2_000
    await typing.start(id)
    expect(emulator.recipientSees(id)).toBe(true)
  })

  it('makes it active or inactive', async () => {
    const emulator = createLinqEmulator()
    const id = emulator.addChat()
    const { typing } = createLinqClient(emulator).chats
    emulator.receive(id, 'Hi')
    emulator.updateChat(id, { lastMessageAt: null })
    await typing.start(id)
    expect(emulator.recipientSees(id)).toBe(false)
    emulator.updateChat(id, { lastMessageAt: Date.now() })
    await typing.start(id)
    expect(emulator.recipientSees(id)).toBe(true)
  })
})
