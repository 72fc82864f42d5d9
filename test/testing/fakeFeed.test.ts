import { createFakeFeed, type FakeFeed, type FakeFeedEvent } from 'react-linq-typing/testing'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { TypingFeed, TypingFeedEvent } from '../../src/core/typingFeed.js'

function setUp() {
  const fake = createFakeFeed()
  const heard: FakeFeedEvent[] = []
  const end = fake.feed((event) => heard.push(event))
  return { fake, heard, end }
}

describe('a fake feed', () => {
  it('has the types of a real one', () => {
    expectTypeOf<FakeFeed['feed']>().toExtend<TypingFeed>()
    expectTypeOf<FakeFeedEvent>().toExtend<TypingFeedEvent>()
    expectTypeOf<TypingFeedEvent>().toExtend<FakeFeedEvent>()
  })

  it('tells that the recipient types, stops and sends, unless told who', () => {
    const { fake, heard } = setUp()
    fake.typing('chat-1')
    fake.idle('chat-1')
    fake.message('chat-1')
    expect(heard).toEqual([
      { type: 'typing', chatId: 'chat-1', who: { type: 'recipient' }, age: 0, endsIn: 90_000 },
      { type: 'idle', chatId: 'chat-1', who: { type: 'recipient' } },
      { type: 'message', chatId: 'chat-1', from: 'recipient' },
    ])
  })

  it('tells the same of an agent, with times', () => {
    const { fake, heard } = setUp()
    const who = { type: 'agent', id: 'ben', name: 'Ben' } as const
    fake.typing('chat-1', who, { age: 2_000, endsIn: 60_000 })
    fake.idle('chat-1', who)
    fake.message('chat-1', { from: 'agent', actor: 'ben', id: 'message-1' })
    expect(heard).toEqual([
      { type: 'typing', chatId: 'chat-1', who, age: 2_000, endsIn: 60_000 },
      { type: 'idle', chatId: 'chat-1', who },
      { type: 'message', chatId: 'chat-1', from: 'agent', actor: 'ben', id: 'message-1' },
    ])
  })

  it('tells who types in place of all before, or nobody', () => {
    const { fake, heard } = setUp()
    fake.snapshot([{ chatId: 'chat-1', who: { type: 'recipient' }, age: 500 }])
    fake.snapshot()
    expect(heard).toEqual([
      {
        type: 'snapshot',
        typing: [{ chatId: 'chat-1', who: { type: 'recipient' }, age: 500, endsIn: 90_000 }],
      },
      { type: 'snapshot', typing: [] },
    ])
  })

  it('counts its listeners, and tells nothing to one that ended', () => {
    const { fake, heard, end } = setUp()
    const listener = () => undefined
    const endOther = fake.feed(listener)
    fake.feed(listener)
    expect(fake.listeners).toBe(3)
    end()
    endOther()
    endOther()
    expect(fake.listeners).toBe(1)
    fake.typing('chat-1')
    expect(heard).toEqual([])
  })
})
