import type { TypingFeedEvent } from 'react-linq-typing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createFeedRecord } from '../../../src/react/feedRecord.js'
import { openChat } from '../../openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A record of a feed that a test tells. */
function open() {
  const record = createFeedRecord(openChat().sessions)
  let listener: (event: TypingFeedEvent) => void = () => {}
  const end = record.follow((heard) => {
    listener = heard
    return () => {}
  })
  return {
    record,
    end,
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

it('a record of a feed takes a burst of 20,000 events at once, before anybody asks', () => {
  vi.useRealTimers()
  const feed = open()
  const beganAt = performance.now()
  for (let i = 0; i < 20_000; i++) feed.tell('a')
  expect(performance.now() - beganAt).toBeLessThan(1_000)
  expect(past(feed)).toHaveLength(20_000)
})

it('a message that a feed reports twice counts once, in each chat of its own', () => {
  const { sessions } = openChat()
  const told = vi.spyOn(sessions, 'messageTold')
  const record = createFeedRecord(sessions)
  let tell: (event: TypingFeedEvent) => void = () => {}
  record.follow((listener) => {
    tell = listener
    return () => {}
  })
  const message = { type: 'message', chatId: 'c1', from: 'agent', id: 'm1' } as const
  tell(message)
  tell(message)
  expect(told).toHaveBeenCalledTimes(1)
  tell({ ...message, chatId: 'c2' })
  tell({ ...message, id: 'm2' })
  expect(told).toHaveBeenCalledTimes(3)
  // One without an id may be another.
  for (let time = 0; time < 2; time++) tell({ ...message, id: undefined })
  expect(told).toHaveBeenCalledTimes(5)
})

it('a feed that reports many messages keeps a hundred of their ids', () => {
  const { sessions } = openChat()
  const told = vi.spyOn(sessions, 'messageTold')
  const record = createFeedRecord(sessions)
  let tell: (event: TypingFeedEvent) => void = () => {}
  record.follow((listener) => {
    tell = listener
    return () => {}
  })
  const report = (id: number) => tell({ type: 'message', chatId: 'c1', from: 'agent', id: String(id) })
  for (let id = 0; id <= 100; id++) report(id)
  report(1)
  expect(told).toHaveBeenCalledTimes(101)
  report(0)
  expect(told).toHaveBeenCalledTimes(102)
})
