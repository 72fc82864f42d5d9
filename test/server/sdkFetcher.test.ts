import { LinqAPIV3, type ClientOptions } from '@linqapp/sdk'
import { Readable } from 'node:stream'
import { TypingError, type TypingRequest } from 'react-linq-typing'
import { createSdkFetcher, type LinqTypingCall, type LinqTypingClient } from 'react-linq-typing/server'
import { createLinqEmulator, type LinqNetwork } from 'react-linq-typing/testing'
import { describe, expect, expectTypeOf, it, vi } from 'vitest'

const chatId = '00000000-0000-4000-8000-000000000001'

function request(init: Partial<TypingRequest> = {}): TypingRequest {
  return { chatId, action: 'start', signal: new AbortController().signal, keepalive: false, ...init }
}

function setUp(network?: LinqNetwork, client: ClientOptions = {}) {
  const linq = createLinqEmulator({ network })
  linq.addChat({ id: chatId })
  const sdk = new LinqAPIV3({ apiKey: 'key', fetch: linq.fetch, ...client })
  return { linq, sdk, fetcher: createSdkFetcher(sdk) }
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

describe('calls through the official client', () => {
  it('takes the official client, and a plain object of its shape', () => {
    expectTypeOf<LinqAPIV3>().toExtend<LinqTypingClient>()
    expectTypeOf<{
      chats: { typing: { start: (id: string) => Promise<void>; stop: (id: string) => Promise<void> } }
    }>().toExtend<LinqTypingClient>()
    expectTypeOf<object>().not.toExtend<LinqTypingClient>()
  })

  it.each([undefined, null, 'a-token', LinqAPIV3, {}])('refuses %o in its place (row 133)', (client) => {
    expect(() => createSdkFetcher(client as never)).toThrow(/createSdkFetcher needs linq/)
    expect(() => createSdkFetcher(client as never)).not.toThrow(/a-token/)
  })

  it('takes a function that makes the client at the first call', async () => {
    const { sdk, linq } = setUp()
    const make = vi.fn(() => sdk)
    const fetcher = createSdkFetcher(make)
    expect(make).not.toHaveBeenCalled()
    await fetcher(request())
    await fetcher(request({ action: 'stop' }))
    expect(make).toHaveBeenCalledOnce()
    expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'stop'])
  })

  it('starts and stops', async () => {
    const { linq, fetcher } = setUp()
    await fetcher(request())
    expect(linq.recipientSees(chatId)).toBe(true)
    await fetcher(request({ action: 'stop' }))
    expect(linq.recipientSees(chatId)).toBe(false)
    expect(linq.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST /api/partner/v3/chats/${chatId}/typing`,
      `DELETE /api/partner/v3/chats/${chatId}/typing`,
    ])
  })

  it.each(['start', 'stop'] as const)(
    'a %s asks for no retry, 5 seconds and no redirect (row 83)',
    async (action) => {
      const { [action]: call, fetcher } = shape(() => Promise.resolve())
      await fetcher(request({ action }))
      expect(call.mock.calls).toEqual([
        [
          chatId,
          {
            maxRetries: 0,
            timeout: 5_000,
            signal: expect.any(AbortSignal) as AbortSignal,
            fetchOptions: { redirect: 'manual' },
          },
        ],
      ])
    },
  )

  it('the client’s fetch is told to follow no redirect, in the one way that Workers accept (row 120)', async () => {
    const fetch = vi.fn(() => Promise.resolve(new Response(null, { status: 204 })))
    await createSdkFetcher(new LinqAPIV3({ apiKey: 'key', fetch }))(request())
    expect(fetch.mock.calls).toMatchObject([[expect.any(String), { redirect: 'manual', method: 'POST' }]])
  })

  it.each([
    { answer: { status: 503, code: 4004 } },
    { answer: { status: 500, headers: { 'x-should-retry': 'true' } } },
    { answer: { status: 429, code: 1007, retryAfter: 0 } },
    { answer: { status: 409, code: 2009 } },
    { answer: { status: 408 } },
    { up: 'reset' as const },
  ])('calls once although the client retries by default: %j (row 83)', async (journey) => {
    const { linq, fetcher } = setUp(() => journey, { maxRetries: 5 })
    expect(await failure(fetcher(request()))).toBeInstanceOf(TypingError)
    expect(linq.calls).toHaveLength(1)
  })

  it.each([
    '',
    ' ',
    '.',
    '..',
    'chat-1',
    `${chatId}/../x`,
    `${chatId} `,
    `${chatId}\n`,
    chatId.slice(1),
    'é',
  ])('refuses the id %j before any call', async (id) => {
    const { start, fetcher } = shape(() => Promise.resolve())
    expect(await failure(fetcher(request({ chatId: id })))).toMatchObject({
      name: 'TypingError',
      reason: 'invalid',
      status: undefined,
      isFinal: true,
    })
    expect(start).not.toHaveBeenCalled()
  })

  it('takes a UUID in capitals', async () => {
    const { start, fetcher } = shape(() => Promise.resolve())
    await fetcher(request({ chatId: 'ABCDEF00-0000-4000-8000-000000000001' }))
    expect(start).toHaveBeenCalledOnce()
  })

  it.each([200, 201, 202, 204, 205])('takes %i for an acceptance (row 44)', async (status) => {
    const { fetcher } = setUp(() => ({ answer: { status, body: '' } }))
    await expect(fetcher(request())).resolves.toBeUndefined()
  })

  it('leaves the body of an acceptance unread, empty or endless (row 44)', async () => {
    const json = { 'Content-Type': 'application/json' }
    const bodies = ['', '{', new ReadableStream()]
    for (const body of bodies) {
      const fetch = () => Promise.resolve(new Response(body, { status: 202, headers: json }))
      const fetcher = createSdkFetcher(new LinqAPIV3({ apiKey: 'key', fetch }))
      await expect(fetcher(request())).resolves.toBeUndefined()
    }
  })

  it('takes an acceptance whose body is a stream of Node’s, as node-fetch gives it (row 44)', async () => {
    const body = Readable.from([])
    const response = Object.defineProperty(new Response(null, { status: 204 }), 'body', { value: body })
    const fetch = () => Promise.resolve(response)
    const fetcher = createSdkFetcher(new LinqAPIV3({ apiKey: 'key', fetch }))
    await expect(fetcher(request())).resolves.toBeUndefined()
  })
})
