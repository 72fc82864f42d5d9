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
