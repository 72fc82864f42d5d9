import { createMemoryStore, type TypingServerEvent } from 'react-linq-typing/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setUpAgents } from './setUpAgents.js'

/** Does something a tenth of a second later. */
const later = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  await new Promise((resolve) => setTimeout(resolve, 100))
  return work()
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('two agents in one chat (row 125)', () => {
  it('share one bubble: the last one turns it off', async () => {
    const onEvent = vi.fn<(event: TypingServerEvent) => void>()
    const { start, stop, calls, sees } = await setUpAgents({ onEvent })
    await start('ada')
    await start('bob')
    expect((await stop('ada')).status).toBe(204)
    expect(sees()).toBe(true)
    expect((await stop('bob')).status).toBe(204)
    expect(sees()).toBe(false)
    expect(calls()).toEqual(['start', 'start', 'stop'])
    expect(onEvent.mock.calls.map(([event]) => [event.type, 'actor' in event && event.actor])).toEqual([
      ['forwarded', 'ada'],
      ['forwarded', 'bob'],
      ['withheld', 'ada'],
      ['forwarded', 'bob'],
    ])
  })

  it('have a bubble each in chats of their own', async () => {
    const { start, stop, linq, chatId } = await setUpAgents()
    const other = linq.addChat()
    await start('ada')
    await start('bob', other)
    await stop('ada')
    expect([linq.recipientSees(chatId), linq.recipientSees(other)]).toEqual([false, true])
  })

  it('of two tenants are strangers: a stop of one ends the bubble', async () => {
    let tenant = 'one'
    const { start, stop, calls } = await setUpAgents({ authorize: () => ({ actor: tenant, tenant }) })
    await start('')
    tenant = 'two'
    await stop('')
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('of a tenant whose messages are never told end the bubble, whatever is told of another tenant', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { start, stop, calls } = await setUpAgents({
      authorize: ({ headers }) => ({ actor: headers.get('x-agent') ?? '', tenant: 'two' }),
    })
    await start('ada')
    await start('bob')
    await stop('ada')
    expect(calls()).toEqual(['start', 'start', 'stop'])
  })

  it('are one, where they are one person’s tabs', async () => {
    const { start, stop, calls } = await setUpAgents()
    await start('ada')
    await start('ada')
    await stop('ada')
    expect(calls()).toEqual(['start', 'start', 'stop'])
  })

  it('whose tab died holds back a stop for a lifetime, and then it is sent', async () => {
    const onEvent = vi.fn<(event: TypingServerEvent) => void>()
    const { start, stop, calls, linq, chatId } = await setUpAgents({ onEvent })
    await start('bob')
    await vi.advanceTimersByTimeAsync(10_000)
    await start('ada')
    await stop('ada')
    await vi.advanceTimersByTimeAsync(49_999)
    expect(calls()).toEqual(['start', 'start'])
    await vi.advanceTimersByTimeAsync(1)
    expect(calls()).toEqual(['start', 'start', 'stop'])
    expect(onEvent).toHaveBeenCalledWith({ type: 'lapsed', chatId, tenant: undefined })
    await vi.advanceTimersByTimeAsync(300_000)
    expect(linq.calls).toHaveLength(3)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('whose owed stop fails in passing is sent it again', async () => {
    let failures = 1
    const onEvent = vi.fn<(event: TypingServerEvent) => void>()
    const onHubError = vi.fn()
    const { start, stop, calls } = await setUpAgents({
      onEvent,
      onHubError,
      network: ({ action }) =>
        action === 'stop' && failures-- > 0 ? { answer: { status: 503 } } : undefined,
    })
    await start('bob')
    await start('ada')
    await stop('ada')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(calls()).toEqual(['start', 'start', 'stop'])
    const lapses = () => onEvent.mock.calls.filter(([{ type }]) => type === 'lapsed').length
    expect(lapses()).toBe(0)
    expect(onHubError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ status: 503 }))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(calls()).toEqual(['start', 'start', 'stop', 'stop'])
    expect(lapses()).toBe(1)
  })

  it('who begins during a stop that is never answered gets the bubble back', async () => {
    const { start, stop, calls, sees } = await setUpAgents({
      network: ({ action }) => (action === 'stop' ? { up: 1_000, down: 'lost' } : undefined),
    })
    await start('ada')
    const stopping = stop('ada')
    await vi.advanceTimersByTimeAsync(500)
    await start('bob')
    await vi.advanceTimersByTimeAsync(6_000)
    expect((await stopping).status).toBe(504)
    expect(calls()).toEqual(['start', 'stop', 'start', 'start'])
    expect(sees()).toBe(true)
  })
})

describe('a stop whose answer is a web page', () => {
  it('gives the bubble back to who began meanwhile, for it may have landed (row 110)', async () => {
    const { start, stop, calls, sees } = await setUpAgents({
      network: ({ action }) =>
        action === 'stop'
          ? {
              up: 1_000,
              answer: {
                status: 200,
                body: '<!doctype html>',
                headers: { 'content-type': 'text/html' },
                landed: true,
              },
            }
          : undefined,
    })
    await start('ada')
    const stopping = stop('ada')
    await vi.advanceTimersByTimeAsync(500)
    await start('bob')
    await vi.advanceTimersByTimeAsync(2_000)
    await stopping
    expect(calls()).toEqual(['start', 'stop', 'start', 'start'])
    expect(sees()).toBe(true)
  })
})

describe('a stop that was withheld', () => {
  it('is sent when Linq refuses the last start', async () => {
    let isRefused = false
    const { start, stop, calls } = await setUpAgents({
      network: ({ action }) =>
        action === 'start' && isRefused ? { answer: { status: 403, code: 2008 } } : undefined,
    })
    await start('ada')
    isRefused = true
    const way = start('bob')
    await stop('ada')
    expect((await way).status).toBe(403)
    await vi.advanceTimersByTimeAsync(0)
    expect(calls()).toEqual(['start', 'start', 'stop'])
  })

  it('is not sent with a start that a web page with status 200 answered, for it may have landed', async () => {
    let isPage = false
    const { start, stop, calls } = await setUpAgents({
      network: ({ action }) =>
        action === 'start' && isPage
          ? { answer: { status: 200, body: '<!doctype html>', headers: { 'content-type': 'text/html' } } }
          : undefined,
    })
    await start('ada')
    isPage = true
    const way = start('bob')
    await stop('ada')
    expect((await way).status).toBe(504)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(calls()).toEqual(['start', 'start'])
  })

  it('is owed no more once a message has cleared the bubble', async () => {
    const { start, stop, calls, hub, chatId } = await setUpAgents()
    await start('ada')
    await start('bob')
    await stop('ada')
    await hub.sent(chatId, { actor: 'bob' })
    await vi.advanceTimersByTimeAsync(120_000)
    expect(calls()).toEqual(['start', 'start'])
  })

  it('is sent at once where the hub was never told of a message, and development says why', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { start, stop, calls } = await setUpAgents({ isTold: false })
    await start('ada')
    await start('bob')
    await stop('ada')
    await start('ada')
    await stop('ada')
    expect(calls()).toEqual(['start', 'start', 'stop', 'start', 'stop'])
    expect(warn.mock.calls).toEqual([[expect.stringContaining('hub.sent(chatId, { actor })')]])
  })
})

describe('a message', () => {
  it('ends its sender’s lease alone: the next stop of another ends the bubble', async () => {
    const { start, stop, calls, hub, chatId } = await setUpAgents()
    await start('ada')
    await start('bob')
    await hub.sent(chatId, { actor: 'ada' })
    await stop('bob')
    expect(calls()).toEqual(['start', 'start', 'stop'])
  })

  it('by nobody named ends all leases', async () => {
    const { start, stop, calls, hub, chatId } = await setUpAgents()
    for (const actor of ['ada', 'bob', 'eve']) await start(actor)
    await hub.sent(chatId.toUpperCase())
    await stop('bob')
    expect(calls().at(-1)).toBe('stop')
  })

  it('is told once by its id: told again, it ends no newer lease', async () => {
    const { start, stop, calls, hub, chatId } = await setUpAgents()
    await start('bob')
    await hub.sent(chatId, { actor: 'ada', id: 'm1' })
    await start('ada')
    await hub.sent(chatId, { actor: 'ada', id: 'm1' })
    await stop('bob')
    expect(calls()).toEqual(['start', 'start'])
  })

  it.each([
    ['17', 'a message of another chat has the same id'],
    ['', 'another message has an empty id too'],
  ])('with id %j ends its sender’s lease though %s', async (id) => {
    const { start, stop, calls, hub, chatId, linq } = await setUpAgents()
    await hub.sent(linq.addChat(), { actor: 'cid', id })
    if (id === '') await hub.sent(chatId, { actor: 'cid', id })
    await start('ada')
    await start('bob')
    await hub.sent(chatId, { actor: 'ada', id })
    await stop('bob')
    expect(calls()).toEqual(['start', 'start', 'stop'])
  })

  it.each([undefined, null, 5, {}, 'chat 1'])(
    'to %j never throws nor rejects, and is no message',
    async (chatId) => {
      vi.spyOn(console, 'warn').mockImplementation(() => {})
      const { hub, start, stop, calls } = await setUpAgents({ isTold: false })
      await expect(hub.sent(chatId as string)).resolves.toBeUndefined()
      await start('ada')
      await start('bob')
      await stop('ada')
      expect(calls().at(-1)).toBe('stop')
    },
  )

  it('with null for an actor is by nobody named', async () => {
    const { start, stop, calls, hub, chatId } = await setUpAgents()
    await start('ada')
    await hub.sent(chatId, { actor: null, tenant: null, id: null })
    await stop('bob')
    expect(calls()).toEqual(['start', 'stop'])
  })
})

describe('a start', () => {
  it('that comes while the last stop is under way is made once more after it', async () => {
    const ways: (() => void)[] = []
    const { start, stop, calls, sees } = await setUpAgents({
      network: ({ action }) =>
        action === 'stop' ? { down: new Promise<void>((resolve) => ways.push(resolve)) } : undefined,
    })
    await start('ada')
    const stopping = stop('ada')
    await vi.waitUntil(() => ways.length === 1, 30_000)
    await start('bob')
    ways[0]!()
    await stopping
    expect(calls()).toEqual(['start', 'stop', 'start', 'start'])
    expect(sees()).toBe(true)
  })

  it('that the hub makes for somebody whose own stop overtakes it is stopped again', async () => {
    const ways: (() => void)[] = []
    const hold = () => new Promise<void>((resolve) => ways.push(resolve))
    let starts = 0
    let stops = 0
    const { start, stop, calls, sees } = await setUpAgents({
      network({ action }) {
        if (action === 'stop') return stops++ === 0 ? { down: hold() } : undefined
        return starts++ === 2 ? { up: hold() } : undefined
      },
    })
    await start('ada')
    const stopping = stop('ada')
    await vi.waitUntil(() => ways.length === 1, 30_000)
    await start('bob')
    ways[0]!()
    await vi.waitUntil(() => ways.length === 2, 30_000)
    await stop('bob')
    ways[1]!()
    await stopping
    expect(calls()).toEqual(['start', 'stop', 'start', 'start', 'stop', 'stop'])
    expect(sees()).toBe(false)
  })

  it('whose page went away counts as its stop', async () => {
    const leaving = new AbortController()
    const { start, calls, sees, linq } = await setUpAgents({
      network: ({ action }) => (action === 'start' ? { down: 'lost' } : undefined),
    })
    const starting = start('ada', undefined, { signal: leaving.signal })
    await vi.waitUntil(() => linq.calls.length === 1, 30_000)
    leaving.abort()
    await starting
    expect(calls()).toEqual(['start', 'stop'])
    expect(sees()).toBe(false)
  })

  it('that Linq refuses leaves no lease, though the way to the store was longer before', async () => {
    const store = createMemoryStore()
    const slowly = {
      ...store,
      take: (...args: Parameters<typeof store.take>) => later(() => store.take(...args)),
    }
    let linqRefuses = true
    const { start, stop, calls } = await setUpAgents({
      store: slowly,
      network: ({ action }) =>
        action === 'start' && linqRefuses ? { answer: { status: 403, code: 2008 } } : undefined,
    })
    const refused = start('bob')
    await vi.advanceTimersByTimeAsync(100)
    expect((await refused).status).toBe(403)
    linqRefuses = false
    const started = start('ada')
    await vi.advanceTimersByTimeAsync(100)
    await started
    await stop('ada')
    expect(calls()).toEqual(['start', 'start', 'stop'])
  })

  it('whose page went away is stopped, though the way to the store was longer before', async () => {
    const store = createMemoryStore()
    const slowly = {
      ...store,
      take: (...args: Parameters<typeof store.take>) => later(() => store.take(...args)),
    }
    const leaving = new AbortController()
    const { start, calls, linq } = await setUpAgents({
      store: slowly,
      network: ({ action }) => (action === 'start' ? { down: 'lost' } : undefined),
    })
    const starting = start('ada', undefined, { signal: leaving.signal })
    await vi.advanceTimersByTimeAsync(100)
    await vi.waitUntil(() => linq.calls.length === 1, 30_000)
    leaving.abort()
    await starting
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('whose page went away ends nothing that the same agent began meanwhile', async () => {
    let starts = 0
    const leaving = new AbortController()
    const { start, calls, sees } = await setUpAgents({
      authorize: ({ headers }) => later(async () => ({ actor: headers.get('x-agent') ?? '' })),
      network: ({ action }) => (action === 'start' && ++starts === 1 ? { down: 'lost' } : undefined),
    })
    void start('ada', undefined, { signal: leaving.signal })
    await vi.advanceTimersByTimeAsync(50)
    const second = start('ada')
    await vi.advanceTimersByTimeAsync(200)
    leaving.abort()
    await vi.advanceTimersByTimeAsync(1_000)
    expect((await second).status).toBe(204)
    expect(calls()).toEqual(['start', 'stop', 'start'])
    expect(sees()).toBe(true)
  })

  it('that Linq refuses throws away none of the same agent’s that came meanwhile', async () => {
    let starts = 0
    const { start, calls, sees } = await setUpAgents({
      authorize: ({ headers }) => later(async () => ({ actor: headers.get('x-agent') ?? '' })),
      network: ({ action }) =>
        action === 'start' && ++starts === 1 ? { answer: { status: 403, code: 2008 } } : undefined,
    })
    const refused = start('ada')
    await vi.advanceTimersByTimeAsync(50)
    const second = start('ada')
    await vi.advanceTimersByTimeAsync(1_000)
    expect([(await refused).status, (await second).status]).toEqual([403, 204])
    expect(calls()).toEqual(['start', 'start'])
    expect(sees()).toBe(true)
  })

  it('of a twenty-first agent is made, but holds no lease', async () => {
    const { start, stop, calls } = await setUpAgents()
    for (let agent = 0; agent < 21; agent++) expect((await start(`agent ${agent}`)).status).toBe(204)
    expect(calls()).toHaveLength(21)
    for (let agent = 0; agent < 19; agent++) await stop(`agent ${agent}`)
    expect(calls()).toHaveLength(21)
    await stop('agent 19')
    expect(calls()).toHaveLength(22)
  })
})
