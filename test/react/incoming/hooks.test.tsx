import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { TypingProvider, useAgentsTyping, useRecipientTyping } from 'react-linq-typing'
import { useEffect } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pass } from '../linqPage.js'
import { heldFeed } from './heldFeed.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 100_000 })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const fetcher = () => Promise.resolve()
const they = (handle?: string) => ({ type: 'recipient', handle })
const agent = (id: string, name?: string) => ({ type: 'agent', id, name })
const typing = (who: object, { chatId = 'c1', age = 0, endsIn = 90_000 } = {}) => ({
  type: 'typing',
  chatId,
  who,
  age,
  endsIn,
})
const idle = (who: object, chatId = 'c1') => ({ type: 'idle', chatId, who })
const snapshot = (...typing: object[]) => ({ type: 'snapshot', typing })
const message = (facts: object) => ({ type: 'message', chatId: 'c1', from: 'recipient', ...facts })

/** What the hooks of a chat return. */
function open(chatId: string | null | undefined = 'c1') {
  const { feed, tell } = heldFeed()
  const seen: {
    recipient: ReturnType<typeof useRecipientTyping>
    agents: ReturnType<typeof useAgentsTyping>
  }[] = []
  function Row({ id }: { id: string | null | undefined }) {
    const recipient = useRecipientTyping(id)
    const agents = useAgentsTyping(id)
    useEffect(() => {
      seen.push({ recipient, agents })
    })
    return null
  }
  const page = (id: string | null | undefined, feedKey = 'ada') => (
    <TypingProvider fetcher={fetcher} feed={feed} feedKey={feedKey}>
      <Row id={id} />
    </TypingProvider>
  )
  const { rerender, unmount } = render(page(chatId))
  return {
    tell,
    unmount,
    show: (id: string | null | undefined, feedKey?: string) => rerender(page(id, feedKey)),
    recipient: () => seen.at(-1)!.recipient,
    agents: () => seen.at(-1)!.agents,
    isTyping: () => seen.at(-1)!.recipient.isTyping,
    renders: () => seen.length,
  }
}

describe('the other side', () => {
  it('types from what a feed tells until it tells the end', async () => {
    const { tell, recipient } = open()
    expect(recipient()).toEqual({ isTyping: false, since: null, handles: [] })
    tell(typing(they(), { age: 2_000 }))
    expect(recipient()).toEqual({ isTyping: true, since: 98_000, handles: [] })
    tell(idle(they()))
    expect(recipient()).toEqual({ isTyping: false, since: null, handles: [] })
  })

  it('is told by handle in a group, whoever began first before the others', () => {
    const { tell, recipient } = open()
    tell(typing(they('+2'), { age: 1_000 }), typing(they('+1'), { age: 5_000 }))
    expect(recipient()).toEqual({ isTyping: true, since: 95_000, handles: ['+1', '+2'] })
    tell(idle(they('+1')))
    expect(recipient()).toEqual({ isTyping: true, since: 99_000, handles: ['+2'] })
  })

  it('goes on through the end of somebody else, where one of both is not known', () => {
    const { tell, recipient } = open()
    tell(typing(they()), typing(they('+1')), typing(they('+2')))
    tell(idle(they('+1')))
    expect(recipient()).toMatchObject({ isTyping: true, handles: ['+2'] })
    tell(idle(they('+2')))
    expect(recipient()).toMatchObject({ isTyping: true, handles: [] })
    tell(typing(they('+2')), idle(they()))
    expect(recipient()).toMatchObject({ isTyping: true, handles: ['+2'] })
  })

  it.each<[string, object]>([
    ['their message', message({})],
    ['their message in a group', message({ handle: '+1' })],
    ['a snapshot without them', snapshot()],
    ['an end that does not say whose', idle(they())],
  ])('ends with %s', (_, event) => {
    const { tell, isTyping } = open()
    tell(typing(they('+1')))
    expect(isTyping()).toBe(true)
    tell(event)
    expect(isTyping()).toBe(false)
  })

  it('goes on through a message of ours, of somebody else or in another chat', () => {
    const { tell, isTyping } = open()
    tell(typing(they('+1')), message({ from: 'agent' }), message({ handle: '+2' }), message({ chatId: 'c2' }))
    expect(isTyping()).toBe(true)
  })

  it.each([
    ['when the feed said', 7_000, 7_000],
    ['90 s after the last sign, whatever the feed said', 500_000, 90_000],
    ['90 s after it where the feed says for ever', Infinity, 90_000],
  ])('ends by age %s', async (_, endsIn, lasts) => {
    const { tell, isTyping } = open()
    tell(typing(they(), { endsIn }))
    await pass(lasts - 1)
    expect(isTyping()).toBe(true)
    await pass(1)
    expect(isTyping()).toBe(false)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('counts from its first sign, and lasts from its last', async () => {
    const { tell, recipient } = open()
    tell(typing(they(), { endsIn: 60_000 }))
    await pass(50_000)
    tell(typing(they(), { age: 49_990, endsIn: 60_000 }))
    await pass(59_000)
    expect(recipient().since).toBe(100_000)
    await pass(1_000)
    expect(recipient().since).toBeNull()
    tell(typing(they()))
    expect(recipient().since).toBe(210_000)
  })

  it.each(['focus', 'pageshow', 'visibilitychange'])(
    'who stopped while the machine slept is gone at once on %s',
    async (event) => {
      const { tell, isTyping, unmount } = open()
      tell(typing(they()))
      // The wall clock alone shows it.
      vi.setSystemTime(100_000 + 3_600_000)
      fireEvent(event === 'visibilitychange' ? document : window, new Event(event))
      expect(isTyping()).toBe(false)
      unmount()
    },
  )

  it('who stopped while the machine slept is gone 5 s later where no event tells of the sleep', async () => {
    const { tell, isTyping } = open()
    tell(typing(they()))
    vi.setSystemTime(100_000 + 3_600_000)
    await pass(5_000)
    expect(isTyping()).toBe(false)
  })

  it('is shown again from now, where they begin again just after the machine slept', () => {
    const { tell, recipient } = open()
    tell(typing(they()))
    vi.setSystemTime(4_000_000)
    tell(typing(they()))
    expect(recipient().since).toBe(4_000_000)
  })

  it('does not type in a page without a chat id', () => {
    for (const chatId of [null, undefined, '']) {
      const { tell, recipient, agents, unmount } = open(chatId)
      tell(typing(they(), { chatId: '' }), typing(they(), { chatId: 'undefined' }))
      expect([recipient().isTyping, agents()]).toEqual([false, []])
      unmount()
    }
  })

  it('is found whatever the case of the chat id', () => {
    const { tell, isTyping } = open('C1-aB')
    tell(typing(they(), { chatId: 'c1-Ab' }))
    expect(isTyping()).toBe(true)
  })

  it('leaves no timer behind in a page that is left', () => {
    const { tell, unmount } = open()
    tell(typing(they()))
    expect(vi.getTimerCount()).toBe(1)
    unmount()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is forgotten when the feed is another user’s', () => {
    const { tell, show, isTyping } = open()
    tell(typing(they()))
    show('c1', 'ben')
    expect(isTyping()).toBe(false)
  })

  it('of another chat is shown with that chat, at once', () => {
    const { tell, show, isTyping } = open()
    tell(typing(they(), { chatId: 'c2' }))
    expect(isTyping()).toBe(false)
    show('c2')
    expect(isTyping()).toBe(true)
  })

  it('is not changed by what makes no sense, and the feed is not told so', async () => {
    const errors: unknown[] = []
    const note = (error: unknown) => errors.push(error)
    process.on('uncaughtException', note)
    const { tell, recipient, agents, renders } = open()
    tell(typing(they()))
    const before = [recipient(), agents(), renders()]
    const thrower = {
      get type(): string {
        throw new Error('revoked')
      },
    }
    tell(null, 'x', 7, [], {}, { type: 'typing' }, { type: 'snapshot' }, { type: 'snapshot', typing: 'all' })
    tell(
      typing(null as never),
      typing({ type: 'agent' }),
      typing({ type: 'cat' }),
      idle({}),
      message({ from: 'x' }),
    )
    tell(
      typing(agent('a'), { age: Infinity }),
      typing(they(), { age: NaN }),
      typing(they(), { endsIn: -1 }),
      typing(they(), { age: '1' as never }),
    )
    tell(thrower)
    expect([recipient(), agents(), renders()]).toEqual(before)
    await pass(0)
    process.off('uncaughtException', note)
    expect(errors).toHaveLength(1)
  })
})

describe('colleagues', () => {
  it('are told by id and name, and end by their own message', () => {
    const { tell, agents, isTyping } = open()
    tell(typing(agent('ben', 'Ben'), { age: 1_000 }), typing(agent('eve'), { age: 500 }))
    expect(agents()).toEqual([
      { id: 'ben', name: 'Ben', since: 99_000 },
      { id: 'eve', name: undefined, since: 99_500 },
    ])
    expect(isTyping()).toBe(false)
    tell(message({ from: 'agent', actor: 'ben' }), message({ from: 'agent' }), message({}))
    expect(agents().map(({ id }) => id)).toEqual(['eve'])
    tell(idle(agent('eve')))
    expect(agents()).toEqual([])
  })

  it('keep their identity while nothing changes', async () => {
    const { tell, agents, recipient, renders } = open()
    tell(typing(agent('ben')), typing(they()))
    const before = [agents(), recipient(), renders()]
    await pass(10_000)
    tell(typing(agent('ben'), { age: 10_000 }), typing(they(), { age: 10_000 }))
    tell(snapshot(typing(they(), { age: 10_000 }), typing(agent('ben'), { age: 10_000 })))
    expect(agents()).toBe(before[0])
    expect(recipient()).toBe(before[1])
    expect(renders()).toBe(before[2])
  })
})

describe('a component that comes late', () => {
  it('shows who was told to type before it came, and forgets with a snapshot', async () => {
    const { feed, tell } = heldFeed()
    const Row = ({ id }: { id: string }) => (
      <p>{useRecipientTyping(id).isTyping ? `${id} types` : `${id} rests`}</p>
    )
    const page = (...ids: string[]) => (
      <TypingProvider fetcher={fetcher} feed={feed}>
        {ids.map((id) => (
          <Row key={id} id={id} />
        ))}
      </TypingProvider>
    )
    const { rerender } = render(page())
    tell(typing(they(), { chatId: 'c3' }))
    tell(snapshot(typing(they(), { chatId: 'c1' })), typing(they(), { chatId: 'c2', endsIn: 5_000 }))
    await pass(10_000)
    rerender(page('c1', 'c2', 'c3'))
    expect(screen.getAllByText(/types|rests/).map((row) => row.textContent)).toEqual([
      'c1 types',
      'c2 rests',
      'c3 rests',
    ])
  })
})

it('of 500 chats on a page only the one that changes renders, with one timer for all', async () => {
  const { feed, tell } = heldFeed()
  const renders = new Map<string, number>()
  function Row({ id }: { id: string }) {
    const { isTyping } = useRecipientTyping(id)
    useEffect(() => {
      renders.set(id, (renders.get(id) ?? 0) + 1)
    })
    return isTyping ? '…' : null
  }
  const ids = Array.from({ length: 500 }, (_, index) => `c${index}`)
  render(
    <TypingProvider fetcher={fetcher} feed={feed}>
      {ids.map((id) => (
        <Row key={id} id={id} />
      ))}
    </TypingProvider>,
  )
  renders.clear()
  tell(typing(they(), { chatId: 'c7' }), typing(agent('ben'), { chatId: 'c8' }))
  for (const id of ids.slice(100, 200)) tell(typing(they(), { chatId: id }))
  expect(renders.get('c7')).toBe(1)
  expect(renders.size).toBe(101)
  expect(vi.getTimerCount()).toBe(1)
  renders.clear()
  await pass(90_000)
  expect(renders.size).toBe(101)
  expect([...renders.values()].every((count) => count === 1)).toBe(true)
})
