import {
  APIError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  NotFoundError,
  PermissionDeniedError,
} from '@linqapp/sdk'
import { createLinqEmulator, type LinqChatInit, type LinqEmulatorOptions } from 'react-linq-typing/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLinqClient } from './linqClient.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

function setUp(options?: LinqEmulatorOptions, chat?: LinqChatInit) {
  const emulator = createLinqEmulator(options)
  const chatId = emulator.addChat(chat)
  const { typing } = createLinqClient(emulator).chats
  return { emulator, chatId, typing }
}

/** Moves the clock without firing a timer. */
function pass(ms: number) {
  vi.setSystemTime(Date.now() + ms)
}

async function failureOf(call: Promise<unknown>): Promise<APIError> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof APIError)) throw new Error('The call did not fail as an API call does.')
  return error
}

const codeOf = (error: APIError) => (error.error as { error: { code: number } }).error.code

describe('start and stop', () => {
  it('a start puts the bubble on, a stop takes it off', async () => {
    const { emulator, chatId, typing } = setUp()
    expect(emulator.recipientSees(chatId)).toBe(false)
    await typing.start(chatId)
    expect(emulator.recipientSees(chatId)).toBe(true)
    await typing.stop(chatId)
    expect(emulator.recipientSees(chatId)).toBe(false)
  })

  it('both are answered 204, with no body and a trace id of 32 hex digits', async () => {
    const { chatId, typing } = setUp()
    for (const call of [typing.start(chatId), typing.stop(chatId)]) {
      const response = await call.asResponse()
      expect(response.status).toBe(204)
      expect(response.body).toBeNull()
      expect(response.headers.get('x-trace-id')).toMatch(/^[\da-f]{32}$/)
    }
  })

  it('a stop with no bubble to take off is accepted', async () => {
    const { emulator, chatId, typing } = setUp()
    await typing.stop(chatId)
    expect(emulator.timeline(chatId)).toEqual([])
  })

  it('two people who type in one chat share one bubble, and the stop of one ends it for both', async () => {
    const { emulator, chatId, typing } = setUp()
    await typing.start(chatId)
    await typing.start(chatId)
    await typing.stop(chatId)
    expect(emulator.recipientSees(chatId)).toBe(false)
  })

  it('chats have their own bubbles', async () => {
    const { emulator, chatId, typing } = setUp()
    const other = emulator.addChat()
    await typing.start(chatId)
    expect(emulator.recipientSees(other)).toBe(false)
    await typing.stop(other)
    expect(emulator.recipientSees(chatId)).toBe(true)
  })
})

describe('the lifetime', () => {
  it.each([
    ['60 s unless told', undefined, 60_000],
    ['90 s where told', 90_000, 90_000],
  ])('is %s: the bubble goes off then, with no timer fired', async (_, lifetime, expected) => {
    const { emulator, chatId, typing } = setUp({ lifetime })
    await typing.start(chatId)
    pass(expected - 1)
    expect(emulator.recipientSees(chatId)).toBe(true)
    pass(1)
    expect(emulator.recipientSees(chatId)).toBe(false)
    expect(emulator.timeline(chatId)).toEqual([
      { from: 1_000_000, to: 1_000_000 + expected, endedBy: 'lifetime' },
    ])
  })

  it('counts from the last start', async () => {
    const { emulator, chatId, typing } = setUp()
    await typing.start(chatId)
    pass(45_000)
    await typing.start(chatId)
    pass(59_999)
    expect(emulator.recipientSees(chatId)).toBe(true)
    pass(1)
    expect(emulator.timeline(chatId)).toEqual([{ from: 1_000_000, to: 1_105_000, endedBy: 'lifetime' }])
  })

  it('a start after it has run out opens a span of its own', async () => {
    const { emulator, chatId, typing } = setUp()
    await typing.start(chatId)
    pass(61_000)
    await typing.start(chatId)
    expect(emulator.timeline(chatId)).toEqual([
      { from: 1_000_000, to: 1_060_000, endedBy: 'lifetime' },
      { from: 1_061_000, to: null, endedBy: null },
    ])
  })

  it('a stop after it has run out does not change what ended the bubble', async () => {
    const { emulator, chatId, typing } = setUp()
    await typing.start(chatId)
    pass(61_000)
    await typing.stop(chatId)
    expect(emulator.timeline(chatId)).toEqual([{ from: 1_000_000, to: 1_060_000, endedBy: 'lifetime' }])
  })

  it('the timeline tells a stop from a refresh', async () => {
    const { emulator, chatId, typing } = setUp()
    await typing.start(chatId)
    pass(10_000)
    await typing.stop(chatId)
    pass(5_000)
    await typing.start(chatId)
    pass(5_000)
    await typing.start(chatId)
    expect(emulator.timeline(chatId)).toEqual([
      { from: 1_000_000, to: 1_010_000, endedBy: 'stop' },
      { from: 1_015_000, to: null, endedBy: null },
    ])
  })
})

describe('a chat with no message in the last 5 minutes', () => {
  it.each([
    ['whose last message is older', 1_000_000 - 300_001],
    ['that never had a message', null],
  ])('%s accepts a start and shows nothing', async (_, lastMessageAt) => {
    const { emulator, chatId, typing } = setUp({}, { lastMessageAt })
    await expect(typing.start(chatId).asResponse()).resolves.toHaveProperty('status', 204)
    expect(emulator.recipientSees(chatId)).toBe(false)
  })

  it('shows the bubble where inactive chats are shown', async () => {
    const { emulator, chatId, typing } = setUp({ inactive: 'shown' }, { lastMessageAt: null })
    await typing.start(chatId)
    expect(emulator.recipientSees(chatId)).toBe(true)
  })

  it('is active up to the very end of the 5 minutes', async () => {
    const { emulator, chatId, typing } = setUp()
    pass(300_000)
    await typing.start(chatId)
    expect(emulator.recipientSees(chatId)).toBe(true)
  })

  it('does not prolong a bubble that is on', async () => {
    const { emulator, chatId, typing } = setUp()
    pass(290_000)
    await typing.start(chatId)
    pass(45_000)
    await typing.start(chatId)
    pass(15_000)
    expect(emulator.recipientSees(chatId)).toBe(false)
  })

  it('still obeys a stop', async () => {
    const { emulator, chatId, typing } = setUp()
    pass(290_000)
    await typing.start(chatId)
    pass(45_000)
    await typing.stop(chatId)
    expect(emulator.recipientSees(chatId)).toBe(false)
  })

  it('becomes active when the recipient writes', async () => {
    const { emulator, chatId, typing } = setUp({}, { lastMessageAt: null })
    emulator.receive(chatId, 'Hi')
    expect(emulator.recipientSees(chatId)).toBe(false)
    await typing.start(chatId)
    expect(emulator.recipientSees(chatId)).toBe(true)
  })
})

describe('where typing is not possible', () => {
  it.each(['SMS', 'RCS'] as const)('%s accepts a start and shows nothing', async (service) => {
    const { emulator, chatId, typing } = setUp({ inactive: 'shown' }, { service })
    await expect(typing.start(chatId).asResponse()).resolves.toHaveProperty('status', 204)
    expect(emulator.recipientSees(chatId)).toBe(false)
  })

  it('a chat whose service is not known yet shows the bubble', async () => {
    const { emulator, chatId, typing } = setUp({}, { service: null })
    await typing.start(chatId)
    expect(emulator.recipientSees(chatId)).toBe(true)
  })

  it('a group refuses start and stop unless told', async () => {
    const { emulator, chatId, typing } = setUp({}, { isGroup: true })
    for (const call of [typing.start(chatId), typing.stop(chatId)]) {
      const error = await failureOf(call)
      expect(error).toBeInstanceOf(PermissionDeniedError)
      expect(codeOf(error)).toBe(2005)
    }
    expect(emulator.recipientSees(chatId)).toBe(false)
  })

  it('a group shows the bubble where groups are accepted', async () => {
    const { emulator, chatId, typing } = setUp({ groups: 'accepted' }, { isGroup: true })
    await typing.start(chatId)
    expect(emulator.recipientSees(chatId)).toBe(true)
  })

  it.each([
    ['left', 2013],
    ['removed', 2013],
    ['deleted', 2013],
    ['creating', 2009],
  ] as const)('a chat that is %s answers 409 with code %i', async (status, code) => {
    const { emulator, chatId, typing } = setUp({}, { status })
    for (const call of [typing.start(chatId), typing.stop(chatId)]) {
      const error = await failureOf(call)
      expect(error).toBeInstanceOf(ConflictError)
      expect(codeOf(error)).toBe(code)
    }
    expect(emulator.recipientSees(chatId)).toBe(false)
  })

  it('a chat that has been created accepts', async () => {
    const { emulator, chatId, typing } = setUp({}, { status: 'creating' })
    emulator.updateChat(chatId, { status: 'active' })
    await typing.start(chatId)
    expect(emulator.recipientSees(chatId)).toBe(true)
  })

  it.each(['left', 'removed', 'deleted'] as const)('a bubble ends when the chat is %s', async (status) => {
    const { emulator, chatId, typing } = setUp()
    await typing.start(chatId)
    pass(1_000)
    emulator.updateChat(chatId, { status })
    expect(emulator.recipientSees(chatId)).toBe(false)
    expect(emulator.timeline(chatId)).toEqual([{ from: 1_000_000, to: 1_001_000, endedBy: 'left' }])
  })

  it('a recipient who opted out answers 403 with code 2024', async () => {
    const { chatId, typing } = setUp({}, { health: 'OPTED_OUT' })
    const error = await failureOf(typing.start(chatId))
    expect(error).toBeInstanceOf(PermissionDeniedError)
    expect(codeOf(error)).toBe(2024)
  })

  it('an unknown chat answers 404 with code 2001', async () => {
    const { emulator, typing } = setUp()
    const unknown = '550e8400-e29b-41d4-a716-446655440000'
    const error = await failureOf(typing.start(unknown))
    expect(error).toBeInstanceOf(NotFoundError)
    expect(codeOf(error)).toBe(2001)
    expect(emulator.recipientSees(unknown)).toBe(false)
    expect(emulator.timeline(unknown)).toEqual([])
    expect(emulator.messages(unknown)).toEqual([])
  })

  it.each(['', 'chat-1', 'a/b', '550e8400-e29b-41d4-a716-44665544000g'])(
    'the id %j, which is no UUID, answers 400 with code 1005',
    async (id) => {
      const { emulator, typing } = setUp()
      const error = await failureOf(typing.start(id))
      expect(error).toBeInstanceOf(BadRequestError)
      expect(codeOf(error)).toBe(1005)
      expect(emulator.calls.at(-1)).toMatchObject({ action: 'start', chatId: id, status: 400 })
    },
  )

  it('an id is the same in upper case', async () => {
    const { emulator, typing } = setUp({}, { id: '550e8400-e29b-41d4-a716-446655440000' })
    await typing.start('550E8400-E29B-41D4-A716-446655440000')
    expect(emulator.recipientSees('550e8400-e29b-41d4-a716-446655440000')).toBe(true)
  })
})

describe('the token', () => {
  it('lets its bearer in', async () => {
    const { emulator, chatId, typing } = setUp({ token: 'key' })
    await typing.start(chatId)
    expect(emulator.recipientSees(chatId)).toBe(true)
  })

  it.each(['other', ''])('answers 401 with code 2004 to %j, before it looks at the chat', async (apiKey) => {
    const { emulator } = setUp({ token: 'key' })
    const { typing } = createLinqClient(emulator, { apiKey }).chats
    const error = await failureOf(typing.start('no-uuid'))
    expect(error).toBeInstanceOf(AuthenticationError)
    expect(codeOf(error)).toBe(2004)
  })

  it('answers 401 where none is sent', async () => {
    const { emulator, chatId } = setUp({ token: 'key' })
    const response = await emulator.fetch(`/v3/chats/${chatId}/typing`, { method: 'POST' })
    expect(response.status).toBe(401)
    expect(emulator.recipientSees(chatId)).toBe(false)
  })

  it('may be left out, and any caller is accepted', async () => {
    const { emulator, chatId } = setUp()
    const response = await emulator.fetch(`/v3/chats/${chatId}/typing`, { method: 'POST' })
    expect(response.status).toBe(204)
  })
})
