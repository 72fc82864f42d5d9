import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { createHttpFetcher, type TypingError, type TypingRequest } from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A body that gives part after part, and counts what was taken of it. */
function body(part: (index: number) => Promise<string> | string) {
  const encoder = new TextEncoder()
  const seen = { bytes: 0, isCancelled: false }
  let index = 0
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = encoder.encode(await part(index++))
        seen.bytes += bytes.byteLength
        controller.enqueue(bytes)
      },
      cancel() {
        seen.isCancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, seen }
}

function failureOf(response: Response, signal = new AbortController().signal): Promise<TypingError> {
  const fetcher = createHttpFetcher({ baseUrl: '/api/linq', fetch: () => Promise.resolve(response) })
  const request: TypingRequest = { chatId: 'chat-1', action: 'start', signal, keepalive: false }
  return fetcher(request).then(
    () => expect.unreachable('accepted'),
    (thrown: unknown) => thrown as TypingError,
  )
}

const limit = { status: 429, headers: { 'Retry-After': '30' } }

describe('a refusal whose body', () => {
  it('is no text counts by its status', async () => {
    const answer = { ok: false, status: 403, text: () => Promise.resolve(undefined) }
    expect(await failureOf(answer as never)).toMatchObject({ reason: 'forbidden', status: 403 })
  })

  it('never ends counts by its status and headers, and is cancelled at 64 kB (row 132)', async () => {
    const { stream, seen } = body(() => 'x'.repeat(16_384))
    expect(await failureOf(new Response(stream, limit))).toMatchObject({
      reason: 'rate-limited',
      status: 429,
      retryAfter: 30_000,
    })
    expect(seen.bytes).toBeLessThanOrEqual(65_536 + 16_384)
    expect(seen.isCancelled).toBe(true)
  })

  it('comes in empty pieces without end counts by its status and headers, and is cancelled (row 132)', async () => {
    const { stream, seen } = body((index) => {
      if (index === 200_000) throw new Error('read on and on')
      return ''
    })
    expect(await failureOf(new Response(stream, limit))).toMatchObject({ reason: 'rate-limited' })
    expect(seen.isCancelled).toBe(true)
  })

  it('trickles in is read for one second at most (row 132)', async () => {
    const { stream, seen } = body(() => new Promise((resolve) => setTimeout(() => resolve(' '), 100)))
    const failing = failureOf(new Response(stream, limit))
    await vi.advanceTimersByTimeAsync(999)
    expect(seen.isCancelled).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await failing).toMatchObject({ reason: 'rate-limited', retryAfter: 30_000 })
    expect(seen.isCancelled).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is still being read at the timeout counts by its status, not as a timeout (row 132)', async () => {
    const { stream } = body(() => new Promise(() => {}))
    const controller = new AbortController()
    const failing = failureOf(new Response(stream, limit), controller.signal)
    await vi.advanceTimersByTimeAsync(500)
    controller.abort()
    expect(await failing).toMatchObject({ reason: 'rate-limited', status: 429 })
  })

  it('is not a web stream is read whole, for one second at most', async () => {
    const read = (text: () => Promise<string>) =>
      failureOf({ ok: false, status: 409, headers: new Headers(), body: null, text } as unknown as Response)
    expect(await read(() => Promise.resolve('{"error":{"code":2013}}'))).toMatchObject({ reason: 'gone' })
    const failing = read(() => new Promise(() => {}))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await failing).toMatchObject({ reason: 'busy' })
  })

  it('is a Node stream that never ends, as from node-fetch, is given up after one second (row 132)', async () => {
    const body = new PassThrough()
    const answer = { ok: false, ...limit, headers: new Headers(limit.headers), body, text: () => text(body) }
    const failing = failureOf(answer as unknown as Response)
    await vi.advanceTimersByTimeAsync(999)
    expect(body.destroyed).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await failing).toMatchObject({ reason: 'rate-limited', retryAfter: 30_000 })
    expect(body.destroyed).toBe(true)
  })

  it('is read where there is no TextDecoder, as in jsdom (row 119)', async () => {
    vi.stubGlobal('TextDecoder', undefined)
    onTestFinished(() => void vi.unstubAllGlobals())
    const refusal = () => Response.json({ error: { code: 2016 } }, { status: 409 })
    expect(await failureOf(refusal())).toMatchObject({ reason: 'unsupported', code: 2016 })
    const page = new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } })
    expect(await failureOf(page)).toMatchObject({ reason: 'server', status: 200 })
  })

  it('comes in parts that split a character is read whole', async () => {
    const bytes = new TextEncoder().encode('{"error":{"message":"é","code":2016}}')
    const stream = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect(await failureOf(new Response(stream, { status: 409 }))).toMatchObject({ reason: 'unsupported' })
  })

  it('was already read, by a fetch that logs it, counts by its status and headers', async () => {
    const response = Response.json({ error: { code: 2013 } }, limit)
    await response.text()
    expect(await failureOf(response)).toMatchObject({ reason: 'rate-limited', retryAfter: 30_000 })
  })

  it('is being read elsewhere counts by its status and headers', async () => {
    const response = new Response('{"error":{"code":2013}}', { status: 409 })
    response.body!.getReader()
    expect(await failureOf(response)).toMatchObject({ reason: 'busy', status: 409 })
  })
})

describe('a 2xx of type text/html', () => {
  it('whose body never comes counts as accepted after one second', async () => {
    const { stream } = body(() => new Promise(() => {}))
    const headers = { 'Content-Type': 'text/html' }
    const fetcher = createHttpFetcher({
      baseUrl: '/api/linq',
      fetch: () => Promise.resolve(new Response(stream, { headers })),
    })
    const { signal } = new AbortController()
    const accepted = vi.fn()
    void fetcher({ chatId: 'chat-1', action: 'start', signal, keepalive: false }).then(accepted)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(accepted).toHaveBeenCalledOnce()
  })
})
