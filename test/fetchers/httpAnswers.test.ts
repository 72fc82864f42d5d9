import { Readable } from 'node:stream'
import { createHttpFetcher, type TypingError, type TypingRequest } from 'react-linq-typing'
import { describe, expect, it, vi } from 'vitest'

function request(init: Partial<TypingRequest> = {}): TypingRequest {
  const { signal } = new AbortController()
  return { chatId: 'chat-1', action: 'start', signal, keepalive: false, ...init }
}

const fetcherOver = (fetch: () => Promise<Response>) => createHttpFetcher({ baseUrl: '/api/linq', fetch })

describe('an answer to the HTTP fetcher', () => {
  const answering = (answer: () => Response | Promise<Response>) =>
    fetcherOver(() => Promise.resolve(answer()))(request())
  const failureOf = (answer: () => Response | Promise<Response>) =>
    answering(answer).then(
      () => expect.unreachable('accepted'),
      (thrown: unknown) => thrown as TypingError,
    )

  it.each([200, 201, 202, 204, 205])('with status %i counts as accepted (row 44)', async (status) => {
    await expect(answering(() => new Response(null, { status }))).resolves.toBeUndefined()
  })

  it.each(['', '{"error":{"reason":"server"}}', '<html>'])(
    'with a 2xx and the body %j is accepted unread, and the body cancelled (row 44)',
    async (body) => {
      const response = new Response(body, { headers: { 'Content-Type': 'application/json' } })
      const cancel = vi.spyOn(response.body!, 'cancel')
      const reads = (['text', 'json', 'arrayBuffer', 'blob'] as const).map((name) => vi.spyOn(response, name))
      await expect(answering(() => response)).resolves.toBeUndefined()
      expect(cancel).toHaveBeenCalledOnce()
      for (const read of reads) expect(read).not.toHaveBeenCalled()
    },
  )

  it('with a 2xx waits for no body, even an endless one or one that can’t be cancelled (row 44)', async () => {
    const bodies = [
      new ReadableStream({ start: (controller) => controller.close() }),
      new ReadableStream(),
      new ReadableStream({ cancel: () => new Promise(() => {}) }),
      new ReadableStream({ cancel: () => Promise.reject(new Error('broken')) }),
    ]
    for (const body of bodies) await expect(answering(() => new Response(body))).resolves.toBeUndefined()
  })

  it('with a 2xx and a Node stream, as from node-fetch, counts as accepted (row 44)', async () => {
    const body = Readable.from([])
    const response = Object.defineProperty(new Response(null, { status: 204 }), 'body', { value: body })
    await expect(answering(() => response)).resolves.toBeUndefined()
  })

  it.each([{ ok: true }, { ok: true, status: 200, headers: {} }])(
    'that is no more than %j, as a test mocks it, counts as accepted (row 110)',
    async (answer) => {
      await expect(answering(() => answer as Response)).resolves.toBeUndefined()
    },
  )

  it.each([
    { ok: false, status: 429 },
    { ok: false, status: 429, headers: {} },
  ])('that is no more than %j is judged by its status (row 132)', async (answer) => {
    expect(await failureOf(() => answer as Response)).toMatchObject({ reason: 'rate-limited', status: 429 })
  })

  it.each([300, 301, 302, 303, 307, 308])(
    'with status %i is a failure: redirects are not followed',
    async (status) => {
      const answer = () => new Response(null, { status, headers: { Location: '/login' } })
      expect(await failureOf(answer)).toMatchObject({ reason: 'server', status, isFinal: false })
    },
  )

  it.each([
    ['a network error', Response.error()],
    ['opaque', Object.defineProperties(Response.error(), { type: { value: 'opaque' } })],
  ])('that is %s has nothing to read, so it is a network failure (row 44)', async (_, answer: Response) => {
    expect(await failureOf(() => answer)).toMatchObject({
      reason: 'network',
      status: undefined,
      cause: answer,
    })
  })

  it('that never comes is a network failure, or a timeout if the signal fired', async () => {
    const cause = new TypeError('Failed to fetch')
    expect(await failureOf(() => Promise.reject(cause))).toMatchObject({ reason: 'network', cause })
    const fetcher = fetcherOver(() => Promise.reject(cause))
    const signal = AbortSignal.abort()
    await expect(fetcher(request({ signal }))).rejects.toMatchObject({ reason: 'timeout', cause })
  })

  it('whose body breaks off is judged by its status', async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error('broken')) })
    expect(await failureOf(() => new Response(body, { status: 403 }))).toMatchObject({ reason: 'forbidden' })
  })

  it('longer than any envelope is judged by its status', async () => {
    const body = JSON.stringify({ error: { code: 2013, message: 'x'.repeat(100_000) } })
    const answer = () => new Response(body, { status: 409 })
    expect(await failureOf(answer)).toMatchObject({ reason: 'busy', code: undefined })
  })

  it('with a reason is believed only if the reason is one of ours', async () => {
    const told = (reason: unknown) => () => Response.json({ error: { reason } }, { status: 409 })
    expect(await failureOf(told('unsupported'))).toMatchObject({ reason: 'unsupported', status: 409 })
    for (const reason of ['nonsense', 'toString', '', 7, null, ['gone']])
      expect(await failureOf(told(reason))).toMatchObject({ reason: 'busy' })
  })

  it('from our proxy gives its wait in milliseconds, which wins over the header', async () => {
    const error = { reason: 'rate-limited', retryAfter: 1_500 }
    const answer = () => Response.json({ error }, { status: 429, headers: { 'Retry-After': '2' } })
    expect(await failureOf(answer)).toMatchObject({ reason: 'rate-limited', retryAfter: 1_500 })
  })

  it.each<[string, object, HeadersInit, number]>([
    ['beside an error in words', { error: 'Too many requests', retryAfter: 60 }, {}, 60_000],
    ['within the error', { error: { message: 'Too many requests', retryAfter: 60 } }, {}, 60_000],
    ['without an error', { message: 'Too many requests', retryAfter: '60' }, {}, 60_000],
    ['with a reason that is none of ours', { error: { reason: 'limit', retryAfter: 60 } }, {}, 60_000],
    [
      'in milliseconds, with a header',
      { error: 'Slow down', retryAfter: 60_000 },
      { 'Retry-After': '60' },
      60_000,
    ],
    ['that differs from the header', { error: 'Slow down', retryAfter: 5 }, { 'Retry-After': '60' }, 60_000],
    ['beside Linq’s own wait', { error: { code: 1007, retry_after: 60, retryAfter: 5 } }, {}, 60_000],
  ])(
    'from a limiter that is not our proxy gives its wait in seconds, and the header wins: a retryAfter %s (rows 28 and 134)',
    async (_, body, headers, retryAfter) => {
      const error = await failureOf(() => Response.json(body, { status: 429, headers }))
      expect(error).toMatchObject({ reason: 'rate-limited', retryAfter })
    },
  )
})

describe('the message of a failed call', () => {
  const secret = 'line +12025550123 of tenant acme'

  it.each([
    JSON.stringify({ error: { code: 2008, message: secret, doc_url: secret }, trace_id: secret }),
    JSON.stringify({ error: { reason: secret, traceId: secret } }),
    JSON.stringify({ error: secret }),
    `<html>${secret}</html>`,
  ])('quotes nothing from %s', async (body) => {
    const headers = { 'X-Trace-ID': secret, 'Retry-After': secret }
    const fetcher = fetcherOver(() => Promise.resolve(new Response(body, { status: 403, headers })))
    const error = (await fetcher(request()).catch((thrown: unknown) => thrown)) as TypingError
    expect(error.message + JSON.stringify(error)).not.toMatch(/acme|2025550123/)
  })

  it.each([400, 401, 403, 404, 409, 410, 429, 500])(
    'after a %i says what happened and what to do, and points to docs/errors.md',
    async (status) => {
      const fetcher = fetcherOver(() => Promise.resolve(new Response('', { status })))
      const { message, reason } = (await fetcher(request()).catch((thrown: unknown) => thrown)) as TypingError
      const [happened, remedy, link] = message.split(/(?<=\.) (?=[A-Z])/)
      expect(happened).toMatch(new RegExp(`^Typing call failed: .+ \\(status ${status}\\)\\.$`))
      expect(remedy).toMatch(/^\w.+\.$/)
      expect(link).toBe(`More: react-linq-typing/docs/errors.md#${reason}`)
    },
  )
})
