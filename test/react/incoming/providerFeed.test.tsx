import { cleanup } from '@testing-library/react'
import type { TypingFeed, TypingFeedEvent } from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linqPage, pass } from '../linqPage.js'
import { Field, write } from '../typedField.js'
import { heldFeed } from './heldFeed.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

async function typeFor(duration: number) {
  for (let passed = 0; passed < duration; passed += 500) {
    write(`text ${Date.now()}`)
    await pass(500)
  }
}

const fromAgent = (chatId: string, actor?: string) => ({ type: 'message', chatId, from: 'agent', actor })

describe('a feed on the provider', () => {
  it('that tells of a colleague’s message makes the page correct its bubble', async () => {
    const { feed, tell } = heldFeed()
    const { linq, show, calls } = linqPage({ latency: 0, provider: { feed } })
    const chatId = linq.addChat()
    show(<Field chatId={chatId.toUpperCase()} />)
    await typeFor(5_000)
    tell(fromAgent(chatId, 'ben'))
    await typeFor(3_500)
    expect(calls()).toEqual(['start', 'start'])
  })

  it('that tells of the recipient’s message, of another chat or of nothing changes no call', async () => {
    const { feed, tell } = heldFeed()
    const { linq, show, calls } = linqPage({ latency: 0, provider: { feed } })
    const chatId = linq.addChat()
    show(<Field chatId={chatId} />)
    await typeFor(2_000)
    tell(
      { type: 'message', chatId, from: 'recipient' },
      fromAgent('another'),
      null,
      7,
      {},
      { type: 'message' },
    )
    tell({ type: 'message', from: 'agent' }, { type: 'typing', chatId: 3 }, fromAgent(''))
    await typeFor(5_000)
    expect(calls()).toEqual(['start'])
  })

  it('is left when the page is', () => {
    const { feed, listeners } = heldFeed()
    const { show } = linqPage({ provider: { feed } })
    const view = show(<p />)
    expect(listeners()).toBe(1)
    view.unmount()
    expect(listeners()).toBe(0)
  })

  it('stays the one that was given first, though it is written inline, until its key changes', () => {
    const [ada, ben] = [heldFeed(), heldFeed()]
    const { show } = linqPage({ provider: { feed: ada.feed, feedKey: 'ada' } })
    const view = show(<p />)
    view.show(<p />, { feed: ben.feed })
    expect([ada.listeners(), ben.listeners()]).toEqual([1, 0])
    view.show(<p />, { feedKey: 'ben' })
    expect([ada.listeners(), ben.listeners()]).toEqual([0, 1])
  })

  it('may come later, and be null', () => {
    const { feed, listeners } = heldFeed()
    const { show } = linqPage({ provider: { feed: null, feedKey: null } })
    const view = show(<p />)
    view.show(<p />, { feed })
    expect(listeners()).toBe(1)
    view.show(<p />, { feed: null })
    expect(listeners()).toBe(0)
  })

  it('that tells something after it was left is not heard', async () => {
    let listener: (event: TypingFeedEvent) => void = () => {}
    const feed: TypingFeed = (heard) => {
      listener = heard
      return () => {}
    }
    const { linq, show, calls } = linqPage({ latency: 0, provider: { feed } })
    const chatId = linq.addChat()
    const view = show(<Field chatId={chatId} />)
    view.show(<Field chatId={chatId} />, { feed: null })
    await typeFor(2_000)
    listener(fromAgent(chatId) as TypingFeedEvent)
    await typeFor(5_000)
    expect(calls()).toEqual(['start'])
  })

  it.each<[string, TypingFeed]>([
    [
      'that throws',
      () => {
        throw new Error('feed')
      },
    ],
    [
      'whose end throws',
      () => () => {
        throw new Error('feed')
      },
    ],
    ['that returns no end', (() => undefined) as unknown as TypingFeed],
    ['that returns a promise', (() => Promise.resolve()) as unknown as TypingFeed],
  ])('%s breaks no typing', async (_, feed) => {
    const errors: unknown[] = []
    const listener = (error: unknown) => errors.push(error)
    process.on('uncaughtException', listener)
    const { linq, show, calls } = linqPage({ latency: 0, provider: { feed } })
    const view = show(<Field chatId={linq.addChat()} />)
    await typeFor(1_000)
    view.unmount()
    await pass(100)
    process.off('uncaughtException', listener)
    expect(calls()).toEqual(['start', 'stop'])
    // StrictMode listens twice.
    for (const error of errors) expect(String(error)).toMatch(/^Error: feed$|is not a function/)
  })
})
