import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readFeedEvent } from '../../../src/react/incoming/readFeedEvent.js'
import { createTypists } from '../../../src/react/incoming/typists.js'
import { setUp, settled } from './setUpStream.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Sign = [type: 'typing' | 'idle' | 'message', handle: string | undefined, secondsAgo: number]

/** What a page shows, and what the store knows, after some signs in a group of which not all say whose they are. */
async function watch(signs: readonly Sign[]) {
  const { open, store } = setUp()
  const page = await open()
  const typists = createTypists()
  const now = { monotonic: performance.now(), wall: Date.now() }
  for (const [type, handle, secondsAgo] of signs) {
    const age = secondsAgo * 1_000
    await store.hear({ tenant: '', chatId: 'c' }, { type, handle, at: Date.now() - age, age }, 90_000)
    await settled()
    for (const told of page.events.splice(0)) typists.hear(readFeedEvent(told)!, now)
  }
  const [state] = await store.states('', ['c'])
  await page.leave()
  return {
    shown: typists.in('c').map(({ who }) => (who.type === 'recipient' ? who.handle : 'an agent')),
    known: state?.recipients.map(({ handle }) => handle),
  }
}

describe('a page that watches a group', () => {
  it.each<[what: string, signs: Sign[], shown: (string | undefined)[]]>([
    [
      'somebody who types, when an older message of another comes late',
      [
        ['typing', undefined, 1],
        ['message', 'Ben', 4],
      ],
      [undefined],
    ],
    [
      'Ada, when whoever typed without a name has sent a message',
      [
        ['typing', undefined, 3],
        ['typing', 'Ada', 2],
        ['message', 'Ben', 1],
      ],
      ['Ada'],
    ],
    [
      'somebody who types, when Ada stops',
      [
        ['typing', 'Ada', 3],
        ['typing', undefined, 2],
        ['idle', 'Ada', 1],
      ],
      [undefined],
    ],
  ])('goes on to see %s', async (_what, signs, shown) => {
    expect(await watch(signs)).toEqual({ shown, known: shown })
  })
})
