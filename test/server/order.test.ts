import { createMemoryStore, createTypingHub, type TypingVerdict } from 'react-linq-typing/server'
import type { LinqJourney } from 'react-linq-typing/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setUp } from './setUp.js'

/** A check that answers one request after the other, when it is told to. */
function heldCheck(verdict: TypingVerdict) {
  const waiting: (() => void)[] = []
  const authorize = () =>
    new Promise<TypingVerdict>((resolve) => {
      waiting.push(() => resolve(verdict))
    })
  return { authorize, allow: (index: number) => waiting[index]!() }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

afterEach(() => {
  vi.useRealTimers()
})

describe.each([{ verdict: true }, { verdict: { actor: 'ada' } }])(
  'calls of $verdict in one chat',
  ({ verdict }) => {
    it('keep their order, though the check of the first takes longer (row 129)', async () => {
      const { authorize, allow } = heldCheck(verdict)
      const { page, linq, chatId } = setUp({ authorize })
      const start = page('POST')
      const stop = page('DELETE')
      allow(1)
      expect((await stop).status).toBe(204)
      allow(0)
      expect((await start).status).toBe(204)
      expect(linq.calls.map(({ action }) => action)).toEqual(['stop'])
      expect(linq.recipientSees(chatId)).toBe(false)
    })
  },
)

describe('calls of one actor in one chat (row 129)', () => {
  const held = () => {
    const ways: (() => void)[] = []
    const known = setUp({
      authorize: () => ({ actor: 'ada' }),
      network: () => ({ up: new Promise<void>((resolve) => ways.push(resolve)) }),
    })
    return { ...known, ways }
  }

  it('reach Linq one at a time', async () => {
    const { page, linq, ways, chatId } = held()
    const start = page('POST')
    await vi.waitUntil(() => ways.length === 1, 30_000)
    const stop = page('DELETE')
    await settled()
    expect(linq.calls.map(({ action }) => action)).toEqual(['start'])
    ways[0]!()
    await vi.waitUntil(() => ways.length === 2, 30_000)
    ways[1]!()
    expect([(await start).status, (await stop).status]).toEqual([204, 204])
    expect(linq.recipientSees(chatId)).toBe(false)
  })

  it('keep their order, also where one may take half a minute', async () => {
    vi.useFakeTimers()
    const { page, linq, chatId } = setUp({
      timeout: 30_000,
      authorize: () => ({ actor: 'ada' }),
      network: ({ action }) => (action === 'start' ? { up: 20_000 } : undefined),
    })
    const start = page('POST')
    await vi.advanceTimersByTimeAsync(1_000)
    const stop = page('DELETE')
    await vi.advanceTimersByTimeAsync(40_000)
    expect([(await start).status, (await stop).status]).toEqual([204, 204])
    expect(linq.recipientSees(chatId)).toBe(false)
  })

  it('wait as one: only the newest is made', async () => {
    const { page, linq, ways } = held()
    const calls = [page('POST')]
    await vi.waitUntil(() => ways.length === 1, 30_000)
    for (const method of ['DELETE', 'POST', 'DELETE', 'POST', 'DELETE']) calls.push(page(method))
    await settled()
    ways[0]!()
    await vi.waitUntil(() => ways.length === 2, 30_000)
    ways[1]!()
    const answers = await Promise.all(calls)
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(204))
    expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'stop'])
  })

  it.each([
    [503, 502, undefined],
    [503, 502, createTypingHub({ store: createMemoryStore() })],
    [403, 403, createTypingHub({ store: createMemoryStore() })],
  ])(
    'include a stop whose place was taken by a start that Linq then refused: %i',
    async (refusal, told, hub) => {
      const ways: (() => void)[] = []
      const { page, linq, chatId } = setUp({
        hub,
        authorize: () => ({ actor: 'ada' }),
        network() {
          const up = new Promise<void>((resolve) => ways.push(resolve))
          return ways.length === 2 ? { up, answer: { status: refusal, code: 2008 } } : { up }
        },
      })
      const calls = [page('POST')]
      await vi.waitUntil(() => ways.length === 1, 30_000)
      // The first page closes, with a stop, and the next one begins at once.
      calls.push(page('DELETE'), page('POST'))
      await settled()
      for (const length of [1, 2, 3]) {
        await vi.waitUntil(() => ways.length === length, 30_000)
        ways[length - 1]!()
      }
      expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([204, 204, told])
      expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'start', 'stop'])
      expect(linq.recipientSees(chatId)).toBe(false)
      // It is made once.
      ways.length = 1
      const last = page('POST')
      await vi.waitUntil(() => ways.length === 2, 30_000)
      ways[1]!()
      expect((await last).status).toBe(told)
      expect(linq.calls).toHaveLength(4)
    },
  )

  it('don’t include a stop whose check took longer than that of a start which landed', async () => {
    const { authorize, allow } = heldCheck({ actor: 'ada' })
    let count = 0
    const { page, linq, chatId } = setUp({
      authorize,
      network: () => (++count === 2 ? undefined : { answer: { status: 503 } }),
    })
    const stop = page('DELETE')
    const starts = [page('POST'), page('POST')]
    allow(1)
    expect((await starts[0]!).status).toBe(502)
    allow(2)
    expect((await starts[1]!).status).toBe(204)
    allow(0)
    expect((await stop).status).toBe(204)
    const refresh = page('POST')
    allow(3)
    expect((await refresh).status).toBe(502)
    expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'start', 'start'])
    expect(linq.recipientSees(chatId)).toBe(true)
  })

  it('don’t include a stop whose place was taken by a start that landed', async () => {
    const { page, linq, ways, chatId } = held()
    const calls = [page('POST')]
    await vi.waitUntil(() => ways.length === 1, 30_000)
    calls.push(page('DELETE'), page('POST'))
    await settled()
    for (const length of [1, 2]) {
      await vi.waitUntil(() => ways.length === length, 30_000)
      ways[length - 1]!()
    }
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([204, 204, 204])
    linq.updateChat(chatId, { status: 'left' })
    const refresh = page('POST')
    await vi.waitUntil(() => ways.length === 3, 30_000)
    ways[2]!()
    expect((await refresh).ok).toBe(false)
    expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'start', 'start'])
  })

  it.each([createTypingHub({ store: createMemoryStore() }), undefined])(
    'include a stop whose check took so long that the start in its place was refused before it',
    async (hub) => {
      const { authorize, allow } = heldCheck({ actor: 'ada' })
      let count = 0
      const { page, linq, chatId } = setUp({
        hub,
        authorize,
        network: () => (++count === 2 ? { answer: { status: 403, code: 2008 } } : undefined),
      })
      const answers = [page('POST'), page('DELETE'), page('POST')]
      allow(0)
      expect((await answers[0]!).status).toBe(204)
      allow(2)
      expect((await answers[2]!).status).toBe(403)
      expect(linq.recipientSees(chatId)).toBe(true)
      allow(1)
      expect((await answers[1]!).status).toBe(204)
      expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'start', 'stop'])
      expect(linq.recipientSees(chatId)).toBe(false)
    },
  )

  it('don’t hold up those of another, or in another chat', async () => {
    const ways: (() => void)[] = []
    const names = ['ada', 'bob', 'ada']
    const { page, linq } = setUp({
      authorize: () => ({ actor: names.shift()! }),
      network: () => ({ up: new Promise<void>((resolve) => ways.push(resolve)) }),
    })
    const calls = [page('POST'), page('POST'), page('POST', linq.addChat())]
    await vi.waitUntil(() => ways.length === 3, 30_000)
    for (const go of ways) go()
    await Promise.all(calls)
    expect(linq.calls).toHaveLength(3)
  })
})

describe('calls of one actor, before a store that commands reach late (row 129)', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })

  /** A proxy whose store each command reaches after the next of these times, or at once. */
  const slow = (
    delays: { take?: number[]; giveBack?: number[] },
    network: (start: number) => LinqJourney | undefined = () => undefined,
    timeout?: number,
  ) => {
    const store = createMemoryStore()
    const late =
      <Args extends unknown[], Result>(times: number[] = [], command: (...args: Args) => Promise<Result>) =>
      async (...args: Args) => {
        const delay = times.shift()
        if (delay) await new Promise((resolve) => setTimeout(resolve, delay))
        return command(...args)
      }
    const take = late(delays.take, store.take)
    const giveBack = late(delays.giveBack, store.giveBack)
    let starts = 0
    const known = setUp({
      timeout,
      hub: createTypingHub({ store: { ...store, take, giveBack } }),
      authorize: () => ({ actor: 'ada' }),
      network: ({ action }) => ({ up: 50, ...(action === 'start' && network(++starts)) }),
    })
    const { page, linq, chatId } = known
    const answers: Promise<Response>[] = []
    return {
      call: (method: string) => answers.push(page(method)),
      /** The statuses of the answers, and the calls that reached Linq. */
      seen: async () => [
        (await Promise.all(answers)).map(({ status }) => status),
        linq.calls.map(({ action }) => action),
      ],
      sees: () => linq.recipientSees(chatId),
      typists: () => store.typists('', [chatId]),
    }
  }
  const wait = (duration: number) => vi.advanceTimersByTimeAsync(duration)
  const refused = { answer: { status: 403, code: 2008 } }

  it('include a stop that arrives while the start is on its way to the store', async () => {
    const { call, seen, sees } = slow({ take: [200] })
    call('POST')
    await wait(50)
    call('DELETE')
    await wait(1_000)
    expect(await seen()).toEqual([
      [204, 204],
      ['start', 'stop'],
    ])
    expect(sees()).toBe(false)
  })

  it('include a start that arrives while the stop is on its way to the store', async () => {
    const { call, seen, sees } = slow({ giveBack: [200] })
    call('POST')
    await wait(1_000)
    call('DELETE')
    await wait(50)
    call('POST')
    await wait(1_000)
    expect(await seen()).toEqual([
      [204, 204, 204],
      ['start', 'stop', 'start'],
    ])
    expect(sees()).toBe(true)
  })

  it('include a start that arrives while one is on its way that Linq then refuses', async () => {
    const { call, seen, sees } = slow({ take: [200] }, (start) => (start === 1 ? refused : undefined))
    call('POST')
    await wait(50)
    call('POST')
    await wait(1_000)
    expect(await seen()).toEqual([
      [403, 204],
      ['start', 'start'],
    ])
    expect(sees()).toBe(true)
  })

  it('include a stop whose place was taken by a start that Linq then refused', async () => {
    const { call, seen, sees } = slow({ giveBack: [100] }, (start) => (start === 2 ? refused : undefined))
    call('POST')
    await wait(10)
    call('DELETE')
    call('POST')
    await wait(1_000)
    expect(await seen()).toEqual([
      [204, 204, 403],
      ['start', 'start', 'stop'],
    ])
    expect(sees()).toBe(false)
  })

  it('leave no lease if Linq refuses the start after the store has given up on it', async () => {
    const { call, seen, typists } = slow({ take: [400] }, () => ({ ...refused, up: 7_000 }), 10_000)
    call('POST')
    await wait(8_000)
    expect(await seen()).toEqual([[403], ['start']])
    expect(await typists()).toEqual([])
  })
})
