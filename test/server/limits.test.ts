import { createMemoryStore, createTypingHub, type TypingServerEvent } from 'react-linq-typing/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setUpAgents } from './hub/setUpAgents.js'
import { setUp } from './setUp.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

type SetUp = ReturnType<typeof setUp>

/** The statuses of as many calls, one after the other. */
async function statuses({ page }: SetUp, method: string, ids: readonly string[]) {
  const answers: number[] = []
  for (const id of ids) answers.push((await page(method, id)).status)
  return answers
}

const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item)
const countOf = (answers: number[], status: number) => answers.filter((one) => one === status).length

describe('limits (row 123)', () => {
  it.each([{ verdict: true }, { verdict: { actor: 'ada' } }])(
    'let $verdict start sixty times a minute in one chat, and say for how long to wait',
    async ({ verdict }) => {
      const onEvent = vi.fn<(event: TypingServerEvent) => void>()
      const known = setUp({ authorize: () => verdict, onEvent })
      const { page, linq, chatId } = known
      expect(countOf(await statuses(known, 'POST', times(1_000, chatId)), 204)).toBe(60)
      expect(linq.calls).toHaveLength(60)
      await vi.advanceTimersByTimeAsync(20_000)
      const answer = await page('POST')
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '40'])
      expect(await answer.json()).toEqual({ error: { reason: 'rate-limited', retryAfter: 40_000 } })
      expect(onEvent.mock.calls.filter(([{ type }]) => type === 'limited')).toHaveLength(1)
      await vi.advanceTimersByTimeAsync(40_000)
      expect((await page('POST')).status).toBe(204)
    },
  )

  it('let one actor start two hundred times a minute in all', async () => {
    const known = setUp({ authorize: () => ({ actor: 'ada' }) })
    const chats = times(300, 0).map(() => known.linq.addChat())
    expect(countOf(await statuses(known, 'POST', chats), 204)).toBe(200)
  })

  it('are each actor’s and each tenant’s own', async () => {
    let caller = { actor: 'ada', tenant: 'one' }
    const known = setUp({ authorize: () => caller })
    const ids = times(70, known.chatId)
    expect(countOf(await statuses(known, 'POST', ids), 204)).toBe(60)
    caller = { actor: 'bob', tenant: 'one' }
    expect(countOf(await statuses(known, 'POST', ids), 204)).toBe(60)
    caller = { actor: 'ada', tenant: 'two' }
    expect(countOf(await statuses(known, 'POST', ids), 204)).toBe(60)
  })

  it('on starts never hold back a stop, which has one that no page reaches', async () => {
    const known = setUp({ authorize: () => ({ actor: 'ada' }) })
    await statuses(known, 'POST', times(100, known.chatId))
    const answers = await statuses(known, 'DELETE', times(310, known.chatId))
    expect(answers.slice(0, 300)).toEqual(times(300, 204))
    expect(answers.slice(300)).toEqual(times(10, 429))
  })

  it('hold for all servers of a hub', async () => {
    const hub = createTypingHub({ store: createMemoryStore() })
    const authorize = () => ({ actor: 'ada' })
    const one = setUp({ authorize, hub })
    const two = setUp({ authorize, hub, linq: one.sdk })
    const ids = times(40, one.chatId)
    const answers = [...(await statuses(one, 'POST', ids)), ...(await statuses(two, 'POST', ids))]
    expect(countOf(answers, 204)).toBe(60)
  })
})

describe('after a 429 of Linq’s to a start (row 124)', () => {
  const limitedOnce = (retryAfter?: number) => {
    let isLimited = true
    const onEvent = vi.fn<(event: TypingServerEvent) => void>()
    const known = setUp({
      onEvent,
      network: ({ action }) => {
        if (action !== 'start' || !isLimited) return undefined
        isLimited = false
        return { answer: { status: 429, code: 1007, retryAfter } }
      },
    })
    return { ...known, onEvent }
  }

  it('no start reaches Linq until its time is up, in any chat', async () => {
    const known = limitedOnce(30)
    const { page, linq, onEvent } = known
    expect((await page('POST')).status).toBe(429)
    await vi.advanceTimersByTimeAsync(10_000)
    const others = times(100, 0).map(() => linq.addChat())
    expect(await statuses(known, 'POST', others)).toEqual(times(100, 429))
    expect((await page('POST')).headers.get('retry-after')).toBe('20')
    expect(linq.calls).toHaveLength(1)
    expect(onEvent.mock.calls.map(([event]) => [event.type, 'by' in event && event.by])).toContainEqual([
      'limited',
      'linq',
    ])
    await vi.advanceTimersByTimeAsync(20_000)
    expect((await page('POST')).status).toBe(204)
  })

  it('to one tenant, no start with the same token reaches Linq, whoever makes it', async () => {
    let tenant = 'acme'
    const { page, linq } = setUp({
      authorize: () => ({ actor: 'ada', tenant }),
      network: () => ({ answer: { status: 429, code: 1007, retryAfter: 30 } }),
    })
    await page('POST')
    tenant = 'other'
    expect((await page('POST')).status).toBe(429)
    expect(linq.calls).toHaveLength(1)
  })

  it('to one tenant, another tenant’s starts with another token go on, though both share a store', async () => {
    const hub = createTypingHub({ store: createMemoryStore() })
    const acme = setUp({
      hub,
      authorize: () => ({ actor: 'ada', tenant: 'acme' }),
      network: () => ({ answer: { status: 429, code: 1007, retryAfter: 300 } }),
    })
    const other = setUp({ hub, authorize: () => ({ actor: 'bob', tenant: 'other' }) })
    expect((await acme.page('POST')).status).toBe(429)
    expect((await other.page('POST')).status).toBe(204)
    const next = setUp({ hub, authorize: () => ({ actor: 'cid', tenant: 'acme' }) })
    expect((await next.page('POST')).status).toBe(429)
  })

  it('a start that waited for its turn is held back', async () => {
    const ways: (() => void)[] = []
    const { page, linq } = setUp({
      authorize: () => ({ actor: 'ada' }),
      network() {
        const up = new Promise<void>((resolve) => ways.push(resolve))
        return { up, answer: { status: 429, code: 1007, retryAfter: 30 } }
      },
    })
    const calls = [page('POST')]
    await vi.advanceTimersByTimeAsync(1)
    calls.push(page('POST'))
    await vi.advanceTimersByTimeAsync(1)
    ways[0]!()
    await vi.advanceTimersByTimeAsync(1)
    // Where a second one is made, it is answered, too.
    ways[1]?.()
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([429, 429])
    expect(linq.calls).toHaveLength(1)
  })

  it('to a start of the hub’s own, no start reaches Linq either', async () => {
    let starts = 0
    const { start, stop, calls, linq } = await setUpAgents({
      network: ({ action }) => {
        if (action === 'stop') return { up: 1_000 }
        return ++starts === 3 ? { answer: { status: 429, code: 1007, retryAfter: 30 } } : undefined
      },
    })
    await start('ada')
    const stopping = stop('ada')
    await vi.advanceTimersByTimeAsync(100)
    await start('bob')
    await vi.advanceTimersByTimeAsync(2_000)
    await stopping
    expect(calls()).toEqual(['start', 'stop', 'start', 'start'])
    expect((await start('cid', linq.addChat())).status).toBe(429)
    expect(calls()).toHaveLength(4)
  })

  it('stops reach it', async () => {
    const { page, linq } = limitedOnce(30)
    await page('POST')
    expect((await page('DELETE')).status).toBe(204)
    expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'stop'])
  })

  it.each([
    [undefined, 30_000],
    [0, 1_000],
    [86_400, 300_000],
  ])('that asks for %j s, starts wait for %i ms', async (retryAfter, wait) => {
    const { page } = limitedOnce(retryAfter)
    await page('POST')
    await vi.advanceTimersByTimeAsync(wait - 1)
    expect((await page('POST')).status).toBe(429)
    await vi.advanceTimersByTimeAsync(1)
    expect((await page('POST')).status).toBe(204)
  })
})
