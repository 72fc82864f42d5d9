import type { TypingFeedEvent } from 'react-linq-typing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createFeedRecord } from '../../../src/react/feedRecord.js'
import { openChat } from '../../openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** A record of a feed that a test tells. */
function open() {
  const { sessions } = openChat()
  const messages = vi.spyOn(sessions, 'messageTold')
  const record = createFeedRecord(sessions)
  let listener: (event: TypingFeedEvent) => void = () => {}
  const end = record.follow((heard) => {
    listener = heard
    return () => {}
  })
  return {
    record,
    end,
    report: (message: Partial<TypingFeedEvent & { type: 'message' }>) =>
      listener({ type: 'message', chatId: 'c1', from: 'agent', ...message }),
    /** How many messages the chats were told of. */
    counted: () => messages.mock.calls.length,
    tell: (...chatIds: string[]) =>
      chatIds.forEach((chatId) => listener({ type: 'idle', chatId, who: { type: 'recipient' } })),
    snapshot: () => listener({ type: 'snapshot', typing: [] }),
  }
}

const nameOf = (event: TypingFeedEvent) => (event.type === 'snapshot' ? 'snapshot' : event.chatId)

/** What somebody who asks later is told of the past. */
function past({ record }: ReturnType<typeof open>) {
  const told: string[] = []
  record.read((event) => told.push(nameOf(event)))
  return told
}

it('a record of a feed keeps what was told since the last snapshot', () => {
  const feed = open()
  feed.tell('a', 'b')
  feed.snapshot()
  feed.tell('c')
  expect(past(feed)).toEqual(['snapshot', 'c'])
})

it('a record of a feed keeps nothing that is older than 90 s', () => {
  const feed = open()
  feed.snapshot()
  feed.tell('a')
  vi.advanceTimersByTime(1)
  feed.tell('b')
  vi.advanceTimersByTime(89_999)
  feed.tell('c')
  expect(past(feed)).toEqual(['b', 'c'])
})

it('a record of a feed tells its reader that nobody types once the feed is left', () => {
  const feed = open()
  const told: string[] = []
  feed.record.read((event) => told.push(nameOf(event)))
  feed.tell('a')
  feed.end()
  feed.tell('b')
  expect(told).toEqual(['a', 'snapshot'])
})

it('a record of a feed looks at one past event for each new one, however long the burst', () => {
  let looks = 0
  const time = {
    valueOf() {
      looks++
      return 0
    },
  }
  vi.spyOn(performance, 'now').mockReturnValue(time as unknown as number)
  const feed = open()
  for (let i = 0; i < 1_000; i++) feed.tell('a')
  expect(past(feed)).toHaveLength(1_000)
  // An age takes two looks at a clock. If each event looked through all before it, there would be a million.
  expect(looks).toBeGreaterThan(0)
  expect(looks).toBeLessThanOrEqual(2_000)
})

it('a message that a feed reports twice counts once, in each chat of its own', () => {
  const { report, counted } = open()
  report({ id: 'm1' })
  report({ id: 'm1' })
  expect(counted()).toBe(1)
  report({ id: 'm1', chatId: 'c2' })
  report({ id: 'm2' })
  expect(counted()).toBe(3)
})

it('a message without an id counts every time, because it may be another one', () => {
  const { report, counted } = open()
  report({})
  report({})
  expect(counted()).toBe(2)
})

it('a record of a feed remembers the ids of the last hundred messages', () => {
  const { report, counted } = open()
  for (let id = 0; id <= 100; id++) report({ id: String(id) })
  report({ id: '1' })
  expect(counted()).toBe(101)
  report({ id: '0' })
  expect(counted()).toBe(102)
})
