import { createHttpFetcher } from '../../src/fetchers/httpFetcher.js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChat, pass, typeFor } from '../openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a call that ran out of time', () => {
  it('is a timeout, never an abort, and its late answer counts for nothing (row 39)', async () => {
    const answers: { resolve: () => void; reject: (error: Error) => void }[] = []
    const chat = openChat({
      fetcher: () =>
        new Promise((resolve, reject) => {
          answers.push({ resolve, reject })
        }),
    })
    chat.input.keystroke(true)
    await pass(5_000)
    expect(chat.state().error).toMatchObject({ reason: 'timeout' })
    answers[0]!.reject(new DOMException('aborted', 'AbortError'))
    await pass(2_000)
    expect(chat.errors).toEqual(['timeout'])
    chat.input.keystroke(true)
    expect(answers).toHaveLength(2)
    answers[0]!.resolve()
    await pass(100)
    expect(chat.status()).toBe('starting')
    answers[1]!.resolve()
    await pass(0)
    expect(chat.state()).toMatchObject({ status: 'active', error: null })
  })

  it('by a fetcher that heeds its signal is the same timeout (row 39)', async () => {
    const chat = openChat({
      fetcher: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    })
    chat.input.keystroke(true)
    await pass(5_000)
    expect(chat.state().error).toMatchObject({ reason: 'timeout' })
    expect(chat.errors).toEqual(['timeout'])
  })

  it('by a fetcher that resolves once its signal fires is no success (row 39)', async () => {
    const chat = openChat({
      fetcher: ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    })
    chat.input.keystroke(true)
    await pass(5_000)
    expect(chat.state()).toMatchObject({ status: 'waiting', error: { reason: 'timeout' } })
    chat.input.keystroke(false)
    expect(chat.status()).toBe('stopping')
  })

  it.each([204, 503])(
    'by a fetch that makes an answer of it, a %d, is a timeout, so that what may be on is stopped (row 39)',
    async (status) => {
      const actions: string[] = []
      const chat = openChat({
        fetcher: createHttpFetcher({
          baseUrl: '/api',
          fetch: (_, { method, signal }) => {
            actions.push(method!)
            return new Promise((resolve) =>
              signal!.addEventListener('abort', () => resolve(new Response(null, { status }))),
            )
          },
        }),
      })
      chat.input.keystroke(true)
      await pass(5_000)
      expect(chat.state()).toMatchObject({ status: 'waiting', error: { reason: 'timeout' } })
      chat.input.keystroke(false)
      expect(actions).toEqual(['POST', 'DELETE'])
    },
  )

  it('is a timeout in engines whose signals keep no reason', async () => {
    vi.stubGlobal(
      'AbortController',
      class {
        signal = new EventTarget() as AbortSignal
        abort() {
          this.signal.dispatchEvent(new Event('abort'))
        }
      },
    )
    const chat = openChat({
      fetcher: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
    })
    chat.input.keystroke(true)
    await pass(5_000)
    expect(chat.state()).toMatchObject({ status: 'waiting', error: { reason: 'timeout' } })
  })

  it('is none where a limit had been told by then, however slow its body is (row 132)', async () => {
    const endless = new ReadableStream()
    const chat = openChat({
      fetcher: createHttpFetcher({
        baseUrl: '/api',
        fetch: () =>
          new Promise((resolve) =>
            setTimeout(() => {
              resolve(new Response(endless, { status: 429, headers: { 'Retry-After': '60' } }))
            }, 4_500),
          ),
      }),
    })
    chat.input.keystroke(true)
    await pass(5_000)
    expect(chat.state().error).toMatchObject({ reason: 'rate-limited', status: 429 })
    await typeFor(chat.input, 2_000)
    expect(chat.state()).toMatchObject({ status: 'waiting', retryAt: 65_000 })
  })
})
