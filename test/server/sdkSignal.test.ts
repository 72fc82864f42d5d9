import { LinqAPIV3 } from '@linqapp/sdk'
import { getEventListeners } from 'node:events'
import type { TypingError, TypingRequest } from 'react-linq-typing'
import { createSdkFetcher, type LinqTypingCall } from 'react-linq-typing/server'
import { createLinqEmulator, type LinqNetwork } from 'react-linq-typing/testing'
import { describe, expect, it, vi } from 'vitest'

const chatId = '00000000-0000-4000-8000-000000000001'

function request(init: Partial<TypingRequest> = {}): TypingRequest {
  return { chatId, action: 'start', signal: new AbortController().signal, keepalive: false, ...init }
}

function setUp(network?: LinqNetwork) {
  const linq = createLinqEmulator({ network })
  linq.addChat({ id: chatId })
  const sdk = new LinqAPIV3({ apiKey: 'key', fetch: linq.fetch })
  return { linq, fetcher: createSdkFetcher(sdk) }
}

/** A client of the official one's shape whose calls do one thing. */
function shape(call: LinqTypingCall) {
  const calls = { start: vi.fn(call), stop: vi.fn(call) }
  return { ...calls, fetcher: createSdkFetcher({ chats: { typing: calls } }) }
}

const failure = (call: Promise<void>) =>
  call.then(
    () => null,
    (error: unknown) => error as TypingError,
  )

const tick = () => new Promise(setImmediate)

describe('the signal of a call', () => {
  it('is a fresh one, which fires with the request’s', async () => {
    const controller = new AbortController()
    const { start, fetcher } = shape(() => new Promise(() => {}))
    const failing = failure(fetcher(request({ signal: controller.signal })))
    const { signal } = start.mock.calls[0]![1]
    expect(signal).not.toBe(controller.signal)
    expect(signal.aborted).toBe(false)
    controller.abort()
    expect(signal.aborted).toBe(true)
    expect(await failing).toMatchObject({ reason: 'timeout', isFinal: false })
  })

  it('leaves no listener on the request’s, whatever the outcome', async () => {
    const { signal } = new AbortController()
    await setUp().fetcher(request({ signal }))
    await failure(setUp(() => ({ answer: { status: 500 } })).fetcher(request({ signal })))
    await failure(setUp(() => ({ up: 'reset' })).fetcher(request({ signal })))
    expect(getEventListeners(signal, 'abort')).toEqual([])
    const controller = new AbortController()
    const failing = failure(setUp(() => ({ up: 'lost' })).fetcher(request({ signal: controller.signal })))
    controller.abort()
    await failing
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  })

  it('ends the call in the network', async () => {
    const controller = new AbortController()
    const { linq, fetcher } = setUp(() => ({ up: 'lost' }))
    const failing = failure(fetcher(request({ signal: controller.signal })))
    await vi.waitUntil(() => linq.calls.length > 0, 30_000)
    controller.abort()
    expect(await failing).toMatchObject({ reason: 'timeout', status: undefined })
    expect(linq.calls[0]!.goneAt).not.toBeNull()
  })

  it('ends a call whose refusal never ends, as that refusal (row 132)', async () => {
    const controller = new AbortController()
    const cancel = vi.fn()
    const fetch = () => Promise.resolve(new Response(new ReadableStream({ cancel }), { status: 500 }))
    const fetcher = createSdkFetcher(new LinqAPIV3({ apiKey: 'key', fetch }))
    const failing = failure(fetcher(request({ signal: controller.signal })))
    await tick()
    controller.abort()
    expect(await failing).toMatchObject({ reason: 'server', status: 500 })
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce(), 30_000)
  })

  it('makes no call where it has fired already', async () => {
    const { start, fetcher } = shape(() => Promise.resolve())
    expect(await failure(fetcher(request({ signal: AbortSignal.abort() })))).toMatchObject({
      reason: 'timeout',
    })
    expect(start).not.toHaveBeenCalled()
  })

  it('a client that fails after it was given up is heard by nobody', async () => {
    const controller = new AbortController()
    let fail: (reason: unknown) => void = () => {}
    const { fetcher } = shape(() => new Promise((_resolve, reject) => (fail = reject)))
    const failing = failure(fetcher(request({ signal: controller.signal })))
    controller.abort()
    expect(await failing).toMatchObject({ reason: 'timeout' })
    const heard = vi.fn()
    process.on('unhandledRejection', heard)
    fail(new Error('late'))
    await tick()
    process.off('unhandledRejection', heard)
    expect(heard).not.toHaveBeenCalled()
  })
})
