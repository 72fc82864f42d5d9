import { createLinqEmulator } from 'react-linq-typing/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

function setUp(chat = {}) {
  const emulator = createLinqEmulator()
  const chatId = emulator.addChat(chat)
  return { emulator, chatId, isOn: () => emulator.recipientTypesNow(chatId) }
}

/** Moves the clock without firing a timer. */
function pass(ms: number) {
  vi.setSystemTime(Date.now() + ms)
}

const first = '+12025550101'
const second = '+12025550102'

describe("a recipient's own bubble", () => {
  it('is on until they stop', () => {
    const { emulator, chatId, isOn } = setUp()
    expect(isOn()).toBe(false)
    emulator.recipientTypes(chatId)
    pass(5_000)
    expect(isOn()).toBe(true)
    emulator.recipientStops(chatId)
    expect(isOn()).toBe(false)
    expect(emulator.recipientTimeline(chatId)).toEqual([
      { handle: first, from: 0, to: 5_000, endedBy: 'stop' },
    ])
  })

  it('ends with their message, and not with ours', () => {
    const { emulator, chatId, isOn } = setUp()
    emulator.recipientTypes(chatId)
    emulator.send(chatId, 'Here')
    pass(2_000)
    expect(isOn()).toBe(true)
    emulator.receive(chatId, 'Hello')
    expect(isOn()).toBe(false)
    expect(emulator.recipientTimeline(chatId)).toMatchObject([{ to: 2_000, endedBy: 'message' }])
  })

  it('ends by itself a minute after the last start: an app that was closed stops nothing', () => {
    const { emulator, chatId, isOn } = setUp()
    emulator.recipientTypes(chatId)
    pass(30_000)
    emulator.recipientTypes(chatId)
    pass(59_999)
    expect(isOn()).toBe(true)
    pass(1)
    expect(isOn()).toBe(false)
    expect(emulator.recipientTimeline(chatId)).toMatchObject([{ from: 0, to: 90_000, endedBy: 'lifetime' }])
  })

  it('ends where we leave the chat', () => {
    const { emulator, chatId } = setUp()
    emulator.recipientTypes(chatId)
    emulator.updateChat(chatId, { status: 'left' })
    expect(emulator.recipientTimeline(chatId)).toMatchObject([{ endedBy: 'left' }])
  })

  it('is each their own in a group', () => {
    const { emulator, chatId } = setUp({ isGroup: true })
    const now = () => [first, second].map((handle) => emulator.recipientTypesNow(chatId, { handle }))
    emulator.recipientTypes(chatId)
    pass(1_000)
    emulator.recipientTypes(chatId, { handle: second })
    expect(now()).toEqual([true, true])
    emulator.recipientSends(chatId, 'Hello', { handle: second })
    expect(now()).toEqual([true, false])
    expect(emulator.recipientTimeline(chatId)).toMatchObject([{ handle: first }, { handle: second }])
  })

  it('tells listeners when it goes off by itself', async () => {
    const { emulator, chatId, isOn } = setUp()
    emulator.recipientTypes(chatId)
    const seen: boolean[] = []
    emulator.subscribe(() => seen.push(isOn()))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(seen).toEqual([false])
  })

  it('is nowhere in an unknown chat, where nobody can type', () => {
    const { emulator } = setUp()
    expect(emulator.recipientTypesNow('elsewhere')).toBe(false)
    expect(emulator.recipientTimeline('elsewhere')).toEqual([])
    expect(() => emulator.recipientTypes('elsewhere')).toThrow('has no chat "elsewhere"')
  })
})

it('a recipient who has the chat open reads without dropping our bubble', async () => {
  const { emulator, chatId } = setUp()
  emulator.send(chatId, 'Here')
  pass(2_000)
  await emulator.fetch(`/v3/chats/${chatId}/typing`, { method: 'POST' })
  emulator.recipientReads(chatId)
  emulator.reopen(chatId)
  expect(emulator.recipientSees(chatId)).toBe(true)
})
