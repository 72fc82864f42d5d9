import { createMemoryStore, createTypingHub, type TypingVerdict } from 'react-linq-typing/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
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

  it('include such a stop even if the store is slow to hear of the refusal', async () => {
    vi.useFakeTimers()
    const store = createMemoryStore()
    const delays = [100, 0]
    const hub = createTypingHub({
      store: {
        ...store,
        async giveBack(...args) {
          const delay = delays.shift()
          if (delay) await new Promise((resolve) => setTimeout(resolve, delay))
          return store.giveBack(...args)
        },
      },
    })
    let count = 0
    const { page, linq, chatId } = setUp({
      hub,
      authorize: () => ({ actor: 'ada' }),
      network: () => ({ up: 50, ...(++count === 2 && { answer: { status: 403, code: 2008 } }) }),
    })
    const calls = [page('POST')]
    await vi.advanceTimersByTimeAsync(10)
    calls.push(page('DELETE'), page('POST'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([204, 204, 403])
    expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'start', 'stop'])
    expect(linq.recipientSees(chatId)).toBe(false)
  })

  it('don’t include a stop that came before a start which landed', async () => {
    const { authorize, allow } = heldCheck({ actor: 'ada' })
    let count = 0
    const { page, linq, chatId } = setUp({
      authorize,
      network: () => (++count === 2 ? { answer: { status: 503 } } : undefined),
    })
    const stop = page('DELETE')
    const start = page('POST')
    allow(1)
    expect((await start).status).toBe(204)
    allow(0)
    expect((await stop).status).toBe(204)
    const refresh = page('POST')
    allow(2)
    expect((await refresh).status).toBe(502)
    expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'start'])
    expect(linq.recipientSees(chatId)).toBe(true)
  })

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
