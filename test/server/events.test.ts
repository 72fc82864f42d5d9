import { createMemoryStore, createTypingHub, type TypingServerEvent } from 'react-linq-typing/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setUpAgents } from './hub/setUpAgents.js'
import { setUp, token } from './setUp.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const listen = () => {
  const onEvent = vi.fn<(event: TypingServerEvent) => unknown>()
  return { onEvent, events: () => onEvent.mock.calls.map(([event]) => event) }
}

describe('onEvent', () => {
  it('tells of each call that reached Linq, whose it was, and how long it took', async () => {
    const { onEvent, events } = listen()
    const { page, chatId } = setUp({
      onEvent,
      authorize: () => ({ actor: 'ada', tenant: 'acme' }),
      network: () => ({ down: 250 }),
    })
    const answer = page('POST')
    await vi.advanceTimersByTimeAsync(250)
    await answer
    expect(events()).toEqual([
      { type: 'forwarded', action: 'start', chatId, actor: 'ada', tenant: 'acme', duration: 250 },
    ])
  })

  it('tells why a call failed, with the trace id for Linq’s support, and nothing of its text', async () => {
    const { onEvent, events } = listen()
    const { page, chatId } = setUp({
      onEvent,
      network: () => ({ answer: { status: 503, code: 4004, body: undefined } }),
    })
    await page('POST')
    expect(events()).toEqual([
      {
        ...{ type: 'failed', action: 'start', chatId, reason: 'server', status: 503, code: 4004 },
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      },
    ])
  })

  it.each([
    [false, 'not-found'],
    ['unauthorized' as const, 'unauthorized'],
  ])('tells once a minute of callers whom authorize answers %j', async (verdict, why) => {
    const { onEvent, events } = listen()
    const { page, chatId } = setUp({ onEvent, authorize: () => verdict })
    for (let call = 0; call < 1_000; call++) await page('POST')
    expect(events()).toEqual([{ type: 'refused', why, chatId, count: 1 }])
    vi.advanceTimersByTime(60_000)
    await page('POST')
    expect(events().at(-1)).toEqual({ type: 'refused', why, chatId, count: 1_000 })
  })

  it('tells once a minute of callers without a session, whatever chats they name (row 127)', async () => {
    const { onEvent, events } = listen()
    const { page } = setUp({ onEvent, authorize: () => 'unauthorized' })
    for (let call = 0; call < 500; call++) await page('POST', crypto.randomUUID())
    expect(events()).toHaveLength(1)
  })

  it('stays small and seldom, however many different callers are refused (row 127)', async () => {
    const { onEvent, events } = listen()
    const { page, chatId } = setUp({ onEvent })
    for (let caller = 0; caller < 3_000; caller++) {
      const origin = `https://${caller}.${'x'.repeat(200)}.test`
      await page('POST', chatId, { headers: { Origin: origin, 'Sec-Fetch-Site': 'cross-site' } })
    }
    // A thousand kinds, and one for all others.
    expect(events()).toHaveLength(1_001)
    for (const event of events()) expect(JSON.stringify(event).length).toBeLessThan(300)
  })

  it('tells kinds apart again once a thousand others are over (row 127)', async () => {
    const { onEvent, events } = listen()
    const { page, linq } = setUp({ onEvent, authorize: () => false })
    for (let caller = 0; caller < 1_100; caller++) await page('POST', crypto.randomUUID())
    vi.advanceTimersByTime(3_600_000)
    const chats = [linq.addChat(), linq.addChat()]
    for (const chatId of chats) await page('POST', chatId)
    expect(events().slice(-2)).toEqual(
      chats.map((chatId) => ({ type: 'refused', why: 'not-found', chatId, count: 1 })),
    )
  })

  it('never hears a token or a text', async () => {
    const { onEvent } = listen()
    const secret = 'line +12025550123 of tenant acme'
    const { page } = setUp({
      onEvent,
      network: () => ({
        answer: {
          status: 403,
          body: JSON.stringify({ error: { message: secret } }),
          headers: { 'X-Trace-ID': secret },
        },
      }),
    })
    await page('POST')
    expect(onEvent).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ type: 'failed' }))
    expect(JSON.stringify(onEvent.mock.calls)).not.toMatch(new RegExp(`${token}|acme|2025550123`))
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('no log')
      },
    ],
    ['rejects', () => Promise.reject(new Error('no log'))],
    ['never ends', () => new Promise(() => {})],
  ])('changes nothing when it %s', async (_how, onEvent) => {
    const { page } = setUp({ onEvent })
    expect((await page('POST')).status).toBe(204)
  })
})

describe('a store that fails', () => {
  const failing = () => {
    const store = createMemoryStore()
    let isDown = false
    const wrapped = Object.fromEntries(
      Object.entries(store).map(([name, command]) => [
        name,
        (...args: unknown[]) =>
          isDown
            ? Promise.reject(new Error('no store'))
            : (command as (...given: unknown[]) => unknown)(...args),
      ]),
    ) as unknown as typeof store
    return { store: wrapped, fail: (is: boolean) => (isDown = is) }
  }

  it('is told once, and once when it answers again; typing goes on as without a hub', async () => {
    const { onEvent, events } = listen()
    const { store, fail } = failing()
    const { start, stop, calls } = await setUpAgents({ store, onEvent })
    fail(true)
    await start('ada')
    await start('bob')
    expect((await stop('ada')).status).toBe(204)
    expect(calls()).toEqual(['start', 'start', 'stop'])
    fail(false)
    await vi.advanceTimersByTimeAsync(5_000)
    await start('ada')
    expect(events().filter(({ type }) => type.startsWith('store'))).toEqual([
      { type: 'store-lost' },
      { type: 'store-found' },
    ])
  })

  it('is given back afterwards what it missed', async () => {
    const { store, fail } = failing()
    const { start, stop, calls } = await setUpAgents({ store })
    await start('ada')
    await start('bob')
    fail(true)
    await stop('ada')
    fail(false)
    await vi.advanceTimersByTimeAsync(5_000)
    await start('bob')
    await vi.advanceTimersByTimeAsync(0)
    await stop('bob')
    expect(calls()).toEqual(['start', 'start', 'stop', 'start', 'stop'])
  })

  it('that never answers slows a call by a quarter of a second, and only one in five seconds', async () => {
    const never = () => new Promise<never>(() => {})
    const store = {
      ...createMemoryStore(),
      take: never,
      count: never,
      quiet: never,
      knows: never,
      giveBack: never,
    }
    const hub = createTypingHub({ store })
    const { page } = setUp({ hub, authorize: () => ({ actor: 'ada' }) })
    let isAnswered = false
    void page('POST').then(() => (isAnswered = true))
    await vi.advanceTimersByTimeAsync(249)
    expect(isAnswered).toBe(false)
    // A millisecond more, in which an answer that has arrived is read.
    await vi.advanceTimersByTimeAsync(2)
    expect(isAnswered).toBe(true)
    isAnswered = false
    void page('DELETE').then(() => (isAnswered = true))
    await vi.advanceTimersByTimeAsync(0)
    expect(isAnswered).toBe(true)
  })

  it('counts the limits of this process meanwhile', async () => {
    const { store, fail } = failing()
    const { start } = await setUpAgents({ store })
    fail(true)
    const answers: number[] = []
    for (let call = 0; call < 70; call++) answers.push((await start('ada')).status)
    expect(answers.filter((status) => status === 204)).toHaveLength(60)
  })
})
