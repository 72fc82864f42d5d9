import { APIConnectionError, APIUserAbortError } from '@linqapp/sdk'
import { createLinqEmulator, type LinqJourney, type LinqNetwork } from 'react-linq-typing/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hold, settle } from './hold.js'
import { createLinqClient } from './linqClient.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

function setUp(network?: LinqNetwork) {
  const emulator = createLinqEmulator({ network })
  const chatId = emulator.addChat()
  const typing = (method: 'POST' | 'DELETE', signal: AbortSignal | null = null) =>
    emulator.fetch(`https://linq.example/v3/chats/${chatId}/typing`, { method, signal })
  return {
    emulator,
    chatId,
    start: (signal?: AbortSignal) => typing('POST', signal),
    stop: (signal?: AbortSignal) => typing('DELETE', signal),
    sees: () => emulator.recipientSees(chatId),
  }
}

const always = (journey: LinqJourney) => setUp(() => journey)

/** Watches a promise without waiting for it. */
function watch(promise: Promise<unknown>) {
  const outcome = { state: 'pending', reason: undefined as unknown }
  promise.then(
    () => (outcome.state = 'answered'),
    (reason: unknown) => Object.assign(outcome, { state: 'rejected', reason }),
  )
  return outcome
}

describe('delays', () => {
  it('a call without delay has arrived when fetch returns, and is answered after', async () => {
    const { emulator, start, sees } = setUp()
    const answer = start()
    expect(sees()).toBe(true)
    expect(emulator.calls).toMatchObject([{ id: 1, sentAt: 0, arrivedAt: 0, answeredAt: 0, status: 204 }])
    expect((await answer).status).toBe(204)
  })

  it('a call takes effect at the end of its way up, and is answered at the end of its way down', async () => {
    const { emulator, start, sees } = always({ up: 200, down: 300 })
    const outcome = watch(start())
    await vi.advanceTimersByTimeAsync(199)
    expect(sees()).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(sees()).toBe(true)
    expect(emulator.calls[0]).toMatchObject({ arrivedAt: 200, answeredAt: null, status: 204 })
    await vi.advanceTimersByTimeAsync(299)
    expect(outcome.state).toBe('pending')
    await vi.advanceTimersByTimeAsync(1)
    expect(outcome.state).toBe('answered')
    expect(emulator.calls[0]).toMatchObject({ sentAt: 0, arrivedAt: 200, answeredAt: 500, goneAt: null })
  })

  it('the lifetime counts from the arrival', async () => {
    const { start, sees } = always({ up: 5_000 })
    void start()
    await vi.advanceTimersByTimeAsync(64_999)
    expect(sees()).toBe(true)
    await vi.advanceTimersByTimeAsync(1)
    expect(sees()).toBe(false)
  })

  it.each(['release', 'fail'] as const)('a promise holds a call until it settles (%s)', async (how) => {
    const up = hold()
    const down = hold()
    const { start, sees } = always({ up: up.promise, down: down.promise })
    const outcome = watch(start())
    await settle()
    expect(sees()).toBe(false)
    up[how]('settled')
    await settle()
    expect(sees()).toBe(true)
    expect(outcome.state).toBe('pending')
    down[how]('settled')
    await settle()
    expect(outcome.state).toBe('answered')
  })

  it('a stop overtakes a start that is held on its way up, and leaves a ghost', async () => {
    const held = hold()
    const { emulator, start, stop, sees } = setUp((call) =>
      call.action === 'start' ? { up: held.promise } : undefined,
    )
    void start()
    await stop()
    expect(sees()).toBe(false)
    held.release()
    await settle()
    expect(sees()).toBe(true)
    expect(emulator.calls.map(({ action }) => action)).toEqual(['start', 'stop'])
  })

  it('an answer overtakes another', async () => {
    const held = hold()
    const { start, stop } = setUp((call) => (call.action === 'start' ? { down: held.promise } : undefined))
    const first = watch(start())
    expect((await stop()).status).toBe(204)
    expect(first.state).toBe('pending')
    held.release()
    await settle()
    expect(first.state).toBe('answered')
  })

  it('the network is asked when the call is sent, and sees it as it is then', () => {
    const network = vi.fn<LinqNetwork>(() => undefined)
    const { chatId, start } = setUp(network)
    void start()
    expect(network.mock.calls).toEqual([
      [
        {
          id: 1,
          action: 'start',
          chatId,
          method: 'POST',
          path: `/v3/chats/${chatId}/typing`,
          headers: {},
          sentAt: 0,
          arrivedAt: null,
          answeredAt: null,
          goneAt: null,
          status: null,
        },
      ],
    ])
  })
})

describe('losses', () => {
  it('a call lost on its way up never lands, and its client waits until it aborts', async () => {
    const { emulator, start, sees } = always({ up: 'lost' })
    const client = new AbortController()
    const outcome = watch(start(client.signal))
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(outcome.state).toBe('pending')
    client.abort()
    await settle()
    expect(outcome.state).toBe('rejected')
    expect(sees()).toBe(false)
    expect(emulator.calls[0]).toMatchObject({
      arrivedAt: null,
      answeredAt: null,
      goneAt: 3_600_000,
      status: null,
    })
  })

  it('a call lost on its way down has landed, and its client waits until it aborts', async () => {
    const { emulator, start, sees } = always({ down: 'lost' })
    const client = new AbortController()
    const outcome = watch(start(client.signal))
    await vi.advanceTimersByTimeAsync(5_000)
    expect([outcome.state, sees()]).toEqual(['pending', true])
    client.abort()
    await settle()
    expect(outcome.state).toBe('rejected')
    expect(emulator.calls[0]).toMatchObject({ arrivedAt: 0, answeredAt: null, goneAt: 5_000, status: 204 })
  })

  it('a connection that breaks on the way up rejects, and the call never lands', async () => {
    const { emulator, start, sees } = always({ up: 'reset' })
    await expect(start()).rejects.toEqual(new TypeError('fetch failed'))
    expect(sees()).toBe(false)
    expect(emulator.calls[0]).toMatchObject({ arrivedAt: null, answeredAt: null, goneAt: 0, status: null })
  })

  it('a connection that breaks on the way down rejects, and the call has landed', async () => {
    const { emulator, start, sees } = always({ down: 'reset' })
    await expect(start()).rejects.toEqual(new TypeError('fetch failed'))
    expect(sees()).toBe(true)
    expect(emulator.calls[0]).toMatchObject({ arrivedAt: 0, answeredAt: null, goneAt: 0, status: 204 })
  })

  it('the official client takes a reset for a connection error', async () => {
    const { emulator, chatId } = always({ up: 'reset' })
    const call = createLinqClient(emulator).chats.typing.start(chatId)
    await expect(call).rejects.toBeInstanceOf(APIConnectionError)
  })

  it('the official client replays a start whose answer was an error, as it does by default', async () => {
    const { emulator, chatId } = setUp(({ id }) => (id === 1 ? { answer: { status: 500 } } : undefined))
    const call = createLinqClient(emulator, { maxRetries: 2 }).chats.typing.start(chatId)
    await vi.advanceTimersByTimeAsync(10_000)
    await call
    expect(emulator.calls.map(({ status }) => status)).toEqual([500, 204])
  })
})

describe('aborts', () => {
  it('an aborted start still lands', async () => {
    const { emulator, start, sees } = always({ up: 200, down: 200 })
    const client = new AbortController()
    const outcome = watch(start(client.signal))
    await vi.advanceTimersByTimeAsync(100)
    const reason = new Error('gone')
    client.abort(reason)
    await settle()
    expect(outcome).toEqual({ state: 'rejected', reason })
    expect(sees()).toBe(false)
    await vi.advanceTimersByTimeAsync(100)
    expect(sees()).toBe(true)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(emulator.calls).toMatchObject([
      { sentAt: 0, arrivedAt: 200, answeredAt: null, goneAt: 100, status: 204 },
    ])
  })

  it('an abort on the way down rejects at once, and leaves no timer', async () => {
    const { emulator, start, sees } = always({ up: 200, down: 200 })
    const client = new AbortController()
    const outcome = watch(start(client.signal))
    await vi.advanceTimersByTimeAsync(300)
    client.abort()
    await settle()
    expect(outcome.state).toBe('rejected')
    expect((outcome.reason as Error).name).toBe('AbortError')
    expect(sees()).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
    expect(emulator.calls).toMatchObject([{ arrivedAt: 200, answeredAt: null, goneAt: 300 }])
  })

  it('an abort while the call is being sent rejects, and the start still lands', async () => {
    const client = new AbortController()
    const { emulator, start, sees } = setUp(() => {
      client.abort('gone')
      return undefined
    })
    await expect(start(client.signal)).rejects.toBe('gone')
    expect(sees()).toBe(true)
    expect(emulator.calls[0]).toMatchObject({ arrivedAt: 0, answeredAt: null, goneAt: 0 })
  })

  it('an abort while the answer is held is not undone by the answer', async () => {
    const held = hold()
    const { emulator, start } = always({ down: held.promise })
    const client = new AbortController()
    const outcome = watch(start(client.signal))
    client.abort()
    held.release()
    await settle()
    expect(outcome.state).toBe('rejected')
    expect(emulator.calls[0]).toMatchObject({ answeredAt: null, goneAt: 0 })
  })

  it('an abort after the answer changes nothing', async () => {
    const { emulator, start } = setUp()
    const client = new AbortController()
    await start(client.signal)
    client.abort()
    expect(emulator.calls[0]).toMatchObject({ answeredAt: 0, goneAt: null })
  })

  it('a connection that breaks after an abort changes nothing', async () => {
    const { emulator, start } = always({ up: 100, down: 'reset' })
    const client = new AbortController()
    const outcome = watch(start(client.signal))
    client.abort('left')
    await vi.advanceTimersByTimeAsync(100)
    expect(outcome).toEqual({ state: 'rejected', reason: 'left' })
    expect(emulator.calls[0]).toMatchObject({ arrivedAt: 100, goneAt: 0 })
  })

  it('a connection that breaks on the way up after an abort changes nothing', async () => {
    const { emulator, chatId } = always({ up: 'reset' })
    const client = new AbortController()
    let breakOff = () => {}
    const body = new ReadableStream({
      start: (controller) => {
        breakOff = () => controller.error(new Error('broken'))
      },
    })
    const { signal } = client
    const outcome = watch(emulator.fetch(`/v3/chats/${chatId}/messages`, { method: 'POST', body, signal }))
    client.abort('left')
    vi.setSystemTime(100)
    breakOff()
    await settle()
    expect(outcome).toEqual({ state: 'rejected', reason: 'left' })
    expect(emulator.calls[0]).toMatchObject({ arrivedAt: null, goneAt: 0 })
  })

  it('a signal that is aborted already sends nothing', async () => {
    const { emulator, start, sees } = setUp()
    await expect(start(AbortSignal.abort('early'))).rejects.toBe('early')
    expect(emulator.calls).toEqual([])
    expect(sees()).toBe(false)
  })

  it("the official client's timeout aborts, and the start lands later", async () => {
    const { emulator, chatId, sees } = always({ up: 8_000 })
    const call = createLinqClient(emulator).chats.typing.start(chatId, { timeout: 5_000 })
    const outcome = watch(call)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(outcome.reason).toBeInstanceOf(APIConnectionError)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(sees()).toBe(true)
    expect(emulator.calls[0]).toMatchObject({ arrivedAt: 8_000, goneAt: 5_000 })
  })

  it("the official client's caller aborts", async () => {
    const { emulator, chatId } = always({ down: 'lost' })
    const client = new AbortController()
    const outcome = watch(createLinqClient(emulator).chats.typing.start(chatId, { signal: client.signal }))
    await settle()
    client.abort()
    await settle()
    expect(outcome.reason).toBeInstanceOf(APIUserAbortError)
  })
})
