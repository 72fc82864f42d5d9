import { createRedisStore } from 'react-linq-typing/redis'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A store whose listening connection is there, and answers a SUBSCRIBE as it is told to. */
function listen(answers: (() => Promise<unknown>)[]) {
  const subscribe = vi.fn(() => answers.shift()?.() ?? Promise.resolve())
  const subscriber = { isReady: true, on: () => undefined, subscribe, unsubscribe: () => Promise.resolve() }
  const client = { sendCommand: () => Promise.resolve(null) }
  const onListening = vi.fn()
  const stop = createRedisStore({ client, subscriber }).subscribe('acme', () => undefined, onListening)
  return { subscribe, onListening, stop }
}

const tooLate = () => Promise.reject(new Error('Command timed out'))

describe('a subscription that Redis is too slow for, on a connection that stays', () => {
  it('is asked for again until it is there', async () => {
    const { subscribe, onListening } = listen([tooLate, tooLate])
    await vi.advanceTimersByTimeAsync(9_999)
    expect(onListening).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(onListening).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(subscribe).toHaveBeenCalledTimes(3)
  })

  it('is asked for no more once nobody listens', async () => {
    const { subscribe, stop } = listen([tooLate, tooLate])
    await vi.advanceTimersByTimeAsync(1_000)
    stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(subscribe).toHaveBeenCalledTimes(1)
  })
})
