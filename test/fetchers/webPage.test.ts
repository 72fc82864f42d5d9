import { createHttpFetcher, type TypingError, type TypingRequest } from 'react-linq-typing'
import { describe, expect, it, vi } from 'vitest'
import { linqFailures } from '../../src/linq/failures.js'

const request = (): TypingRequest => ({
  chatId: 'chat-1',
  action: 'start',
  signal: new AbortController().signal,
  keepalive: false,
})

const page = (status: number, body: BodyInit | null, type = 'text/html; charset=utf-8') =>
  new Response(body, { status, headers: { 'Content-Type': type } })

async function outcomeOf(response: Response, url = '/api/linq?key=secret'): Promise<TypingError | null> {
  const fetcher = createHttpFetcher({ url: () => url, fetch: () => Promise.resolve(response) })
  return fetcher(request()).then(
    () => null,
    (thrown: unknown) => thrown as TypingError,
  )
}

/** A body that comes in parts. */
const parts = (...texts: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const text of texts) controller.enqueue(new TextEncoder().encode(text))
      controller.close()
    },
  })

describe('a web page in place of an answer', () => {
  it.each([
    ['404 page', () => page(404, '<!doctype html><h1>Not found</h1>')],
    ['403 page of a firewall', () => page(403, '<html>Blocked</html>')],
    ['401 page of a login', () => page(401, '<html>Sign in</html>', 'TEXT/HTML')],
    ['429 page of a gateway', () => page(429, '<html>Slow down</html>')],
    ['502 page of a gateway (row 44)', () => page(502, '<html>Bad gateway</html>')],
    ['302 to a login', () => page(302, '<html>Moved</html>')],
    ['200 with an app’s index', () => page(200, '<!doctype html><div id=root>')],
    ['200 with white space before it', () => page(200, parts('\uFEFF\n', '  \n', '<!doctype html>'))],
    ['200 with XHTML', () => page(200, '<?xml version="1.0"?>', 'application/xhtml+xml')],
  ])('is a passing server failure whose text names the address: %s (row 110)', async (_, respond) => {
    const response = respond()
    const { status } = response
    const error = await outcomeOf(response)
    expect(error).toMatchObject({ reason: 'server', status, isFinal: false, isSetupMistake: true })
    expect(error?.message).toMatch(/\/api\/linq answered with a web page.*Check baseUrl or url\(chatId\)/)
    expect(error?.message).not.toContain('secret')
    expect(linqFailures.waitAfter(error!, 1)).toBe(30_000)
  })

  it('names an address that is a URL object, too (row 110)', async () => {
    const url = new URL('https://app.test/typing?key=secret') as unknown as string
    const error = await outcomeOf(page(404, '<html>'), url)
    expect(error).toMatchObject({ reason: 'server', status: 404 })
    expect(error?.message).toContain('https://app.test/typing answered with a web page')
  })

  it('waits longer if Retry-After asks for it', async () => {
    const headers = { 'Content-Type': 'text/html', 'Retry-After': '120' }
    const error = await outcomeOf(new Response('<html>', { status: 429, headers }))
    expect(linqFailures.waitAfter(error!, 1)).toBe(120_000)
  })

  it.each([
    ['an empty body', () => page(200, '')],
    ['a text without markup', () => page(200, 'ok')],
    ['JSON under a wrong type', () => page(200, '{"ok":true}')],
    ['no body at all', () => page(204, null)],
    [
      'a body that breaks off',
      () => page(200, new ReadableStream({ start: (it) => it.error(new Error('x')) })),
    ],
    ['markup of another type', () => page(200, '<svg/>', 'image/svg+xml')],
  ])('is not seen in an answer with %s', async (_, respond) => {
    expect(await outcomeOf(respond())).toBeNull()
  })
})

/** A redirect as browsers show it: without status, headers and body. */
const opaque = (): Response =>
  Object.defineProperties(Response.error(), { type: { value: 'opaqueredirect' } })

const redirect = (status: number) =>
  new Response('Moved', { status, headers: { Location: '/login?from=secret', 'X-Trace-ID': 'abc1' } })

describe('a redirect in place of an answer', () => {
  it.each<[string, () => Response, number | undefined]>([
    ['as browsers show it', opaque, undefined],
    ...[301, 302, 303, 307, 308].map((status): [string, () => Response, number] => [
      `${status} as Node shows it`,
      () => redirect(status),
      status,
    ]),
    ['no more than a status, as a test mocks it', () => ({ ok: false, status: 307 }) as Response, 307],
  ])(
    'is a passing server failure whose text names the address, a login and a trailing slash: %s (row 110)',
    async (_, respond, status) => {
      const error = await outcomeOf(respond())
      expect(error).toMatchObject({ reason: 'server', status, isFinal: false, isSetupMistake: true })
      expect(error?.message).toMatch(
        /\/api\/linq answered with a redirect.*Check baseUrl or url\(chatId\).* trailing slash.* login/,
      )
      expect(error?.message).not.toContain('secret')
      expect(linqFailures.waitAfter(error!, 1)).toBe(30_000)
    },
  )

  it('keeps its trace id, and its body is cancelled', async () => {
    const answer = redirect(308)
    const cancel = vi.spyOn(answer.body!, 'cancel')
    expect(await outcomeOf(answer)).toMatchObject({ traceId: 'abc1' })
    expect(cancel).toHaveBeenCalledOnce()
  })
})
