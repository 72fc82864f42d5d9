import { createLinqEmulator, type LinqClock, type LinqNetwork } from 'react-linq-typing/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

function setUp(network?: LinqNetwork) {
  const emulator = createLinqEmulator({ network })
  const chatId = emulator.addChat()
  const call = (method: string, resource: string, body?: string) =>
    emulator.fetch(`/v3/chats/${chatId}/${resource}`, { method, body: body ?? null })
  return {
    emulator,
    chatId,
    start: () => call('POST', 'typing'),
    stop: () => call('DELETE', 'typing'),
    send: () => call('POST', 'messages', '{"message":{"parts":[{"type":"text","value":"Hi"}]}}'),
  }
}

describe('subscribe', () => {
  it('tells when a call is sent, arrives, and is answered', async () => {
    const { emulator, start } = setUp(() => ({ up: 100, down: 100 }))
    const seen: unknown[] = []
    emulator.subscribe(() =>
      seen.push(emulator.calls.map(({ arrivedAt, answeredAt }) => [arrivedAt, answeredAt])),
    )
    void start()
    await vi.advanceTimersByTimeAsync(200)
    expect(seen).toEqual([[[null, null]], [[100, null]], [[100, 200]]])
  })

  it('tells when a client goes', () => {
    const { emulator, chatId } = setUp(() => ({ up: 'lost' }))
    const client = new AbortController()
    emulator
      .fetch(`/v3/chats/${chatId}/typing`, { method: 'POST', signal: client.signal })
      .catch(() => undefined)
    const listener = vi.fn()
    emulator.subscribe(listener)
    client.abort()
    expect(listener).toHaveBeenCalledOnce()
  })

  it('tells when a lifetime runs out', async () => {
    const { emulator, chatId, start } = setUp()
    await start()
    const seen: boolean[] = []
    emulator.subscribe(() => seen.push(emulator.recipientSees(chatId)))
    await vi.advanceTimersByTimeAsync(59_999)
    expect(seen).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(seen).toEqual([false])
  })

  it('tells when a prolonged lifetime runs out, and not before', async () => {
    const { emulator, start } = setUp()
    await start()
    await vi.advanceTimersByTimeAsync(45_000)
    await start()
    const listener = vi.fn()
    emulator.subscribe(listener)
    await vi.advanceTimersByTimeAsync(59_999)
    expect(listener).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(listener).toHaveBeenCalledOnce()
  })

  it('tells of every delivery', async () => {
    const { emulator, chatId, send } = setUp()
    void send()
    await vi.advanceTimersByTimeAsync(500)
    void send()
    const seen: unknown[] = []
    emulator.subscribe(() => seen.push(emulator.messages(chatId).map(({ deliveredAt }) => deliveredAt)))
    await vi.advanceTimersByTimeAsync(10_000)
    expect(seen).toEqual([
      [1_100, null],
      [1_100, 1_600],
    ])
  })

  it('tells when a chat is added or changed, the recipient writes, or opens the app', () => {
    const { emulator, chatId } = setUp()
    const listener = vi.fn()
    emulator.subscribe(listener)
    emulator.addChat()
    emulator.updateChat(chatId, { name: 'Ada' })
    emulator.receive(chatId, 'Hi')
    emulator.reopen(chatId)
    expect(listener).toHaveBeenCalledTimes(4)
  })

  it('tells nobody who has unsubscribed, and leaves no timer then', async () => {
    const { emulator, start } = setUp()
    const listener = vi.fn()
    const first = emulator.subscribe(listener)
    const second = emulator.subscribe(listener)
    await start()
    expect(vi.getTimerCount()).toBe(1)
    listener.mockClear()
    first()
    emulator.addChat()
    expect(listener).toHaveBeenCalledOnce()
    second()
    expect(vi.getTimerCount()).toBe(0)
    emulator.addChat()
    expect(listener).toHaveBeenCalledOnce()
  })

  it('needs no timer where nobody listens', async () => {
    const { start, send } = setUp()
    await start()
    await send()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leaves no timer after a stop', async () => {
    const { emulator, start, stop } = setUp()
    emulator.subscribe(() => undefined)
    await start()
    await stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('the clock', () => {
  it('is the one given, and no other', async () => {
    const timers: { at: number; fn: () => void }[] = []
    let time = 500
    const clock: LinqClock = {
      now: () => time,
      setTimeout: (fn, ms) => timers.push({ at: time + ms, fn }),
      clearTimeout: () => undefined,
    }
    const emulator = createLinqEmulator({ clock, network: () => ({ up: 40 }) })
    const chatId = emulator.addChat()
    const answer = emulator.fetch(`/v3/chats/${chatId}/typing`, { method: 'POST' })
    expect(timers).toMatchObject([{ at: 540 }])
    expect(vi.getTimerCount()).toBe(0)
    time = 550
    timers[0]!.fn()
    await answer
    expect(emulator.calls).toMatchObject([{ sentAt: 500, arrivedAt: 550, answeredAt: 550 }])
    time = 60_549
    expect(emulator.recipientSees(chatId)).toBe(true)
    time = 60_550
    expect(emulator.recipientSees(chatId)).toBe(false)
  })

  it('survives a timer that fires early', () => {
    const timers: (() => void)[] = []
    const clock: LinqClock = {
      now: () => 0,
      setTimeout: (fn) => timers.push(fn),
      clearTimeout: () => undefined,
    }
    const emulator = createLinqEmulator({ clock })
    const chatId = emulator.addChat()
    void emulator.fetch(`/v3/chats/${chatId}/typing`, { method: 'POST' })
    const listener = vi.fn()
    emulator.subscribe(listener)
    timers[0]!()
    expect(listener).not.toHaveBeenCalled()
    expect(timers).toHaveLength(2)
  })

  it('is the global one at the time of each call, also where it is faked later', () => {
    vi.useRealTimers()
    const emulator = createLinqEmulator({ network: () => ({ up: 100 }) })
    const chatId = emulator.addChat({ lastMessageAt: 0 })
    vi.useFakeTimers({ now: 0 })
    void emulator.fetch(`/v3/chats/${chatId}/typing`, { method: 'POST' })
    vi.advanceTimersByTime(100)
    expect(emulator.recipientSees(chatId)).toBe(true)
  })

  it('does not keep the process alive by default', () => {
    vi.useRealTimers()
    const timer = vi.spyOn(globalThis, 'setTimeout')
    const emulator = createLinqEmulator({ network: () => ({ up: 60_000 }) })
    void emulator.fetch(`/v3/chats/${emulator.addChat()}/typing`, { method: 'POST' })
    const handle = timer.mock.results[0]?.value as NodeJS.Timeout
    timer.mockRestore()
    expect(handle.hasRef()).toBe(false)
    clearTimeout(handle)
  })
})
