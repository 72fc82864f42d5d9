import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
// The copy of the package that was loaded before `vi.resetModules`.
import { createHttpFetcher as createOtherFetcher, type TypingFetcher } from 'react-linq-typing'
import { StrictMode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const printed = vi.spyOn(console, 'error')

beforeEach(() => {
  // What was printed once is not printed again by the same copy of the library.
  vi.resetModules()
  vi.useFakeTimers({ now: 0 })
  printed.mockReset().mockImplementation(() => undefined)
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

async function typeInto({
  fetcher,
  chatId = 'a',
  enabled = true,
}: {
  fetcher: TypingFetcher
  chatId?: string | null
  enabled?: boolean
}) {
  const { TypingProvider, useTypingIndicator } = await import('react-linq-typing')
  function Field() {
    return <textarea {...useTypingIndicator(chatId, { enabled }).inputProps} />
  }
  render(
    <StrictMode>
      <TypingProvider fetcher={fetcher}>
        <Field />
      </TypingProvider>
    </StrictMode>,
  )
  for (let second = 0; second < 65; second++) {
    fireEvent.input(screen.getByRole('textbox'), { target: { value: `text ${second}` } })
    await act(() => vi.advanceTimersByTimeAsync(1_000))
  }
}

const over =
  (respond: () => Response): TypingFetcher =>
  async (request) => {
    const { createHttpFetcher } = await import('react-linq-typing')
    await createHttpFetcher({ baseUrl: '/api/lnq', fetch: () => Promise.resolve(respond()) })(request)
  }
const answering = (status: number, body: string, type: string) =>
  over(() => new Response(body, { status, headers: { 'Content-Type': type } }))
const invalid = answering(400, '{"error":{"code":1005}}', 'application/json')
const webPage = answering(404, '<!doctype html>', 'text/html')
const redirect = over(() => Object.defineProperties(Response.error(), { type: { value: 'opaqueredirect' } }))
const accepted: TypingFetcher = () => Promise.resolve()

const mistakes: [string, Parameters<typeof typeInto>[0], RegExp][] = [
  [
    'a web page in place of an answer',
    { fetcher: webPage },
    /\/api\/lnq.* answered with a web page.*Check baseUrl/,
  ],
  [
    'a redirect in place of an answer',
    { fetcher: redirect },
    /\/api\/lnq.* answered with a redirect.*Check baseUrl/,
  ],
  ['a request that was not understood', { fetcher: invalid }, /not understood.*Check the chat id/],
  [
    'a chatId that stays missing while somebody types',
    { fetcher: accepted, chatId: null },
    /without a chatId.*Pass the id/,
  ],
]

describe('in development, the library', () => {
  it.each(mistakes)('prints %s once, with the fix (row 110)', async (_, mistake, text) => {
    await typeInto(mistake)
    expect(printed).toHaveBeenCalledOnce()
    expect(printed.mock.calls[0]![0]).toMatch(text)
  })

  it.each([
    ['a web page in place of an answer', () => webPage],
    [
      'a request that was not understood, whatever its trace id',
      (): TypingFetcher => (request) =>
        answering(
          400,
          JSON.stringify({ error: { code: 1005 }, trace_id: request.chatId }),
          'application/json',
        )(request),
    ],
  ])('prints %s once, however many chats meet it', async (_, fetcher) => {
    await typeInto({ fetcher: fetcher(), chatId: 'a' })
    cleanup()
    await typeInto({ fetcher: fetcher(), chatId: 'b' })
    expect(printed).toHaveBeenCalledOnce()
  })

  it('names the address of a web page and waits 30 s if another copy of the package met it (row 110)', async () => {
    const headers = { 'Content-Type': 'text/html' }
    const fetch = vi.fn(() => Promise.resolve(new Response('<!doctype html>', { status: 502, headers })))
    await typeInto({ fetcher: createOtherFetcher({ baseUrl: '/api/lnq', fetch }) })
    expect(fetch).toHaveBeenCalledTimes(3)
    expect(printed).toHaveBeenCalledOnce()
    expect(printed.mock.calls[0]![0]).toContain('/api/lnq/v3/chats/a/typing answered with a web page')
  })

  it.each<[string, Parameters<typeof typeInto>[0]]>([
    ['a typing that works', { fetcher: accepted }],
    ['a server that is down', { fetcher: answering(502, '', 'text/plain') }],
    ['a chat that refuses', { fetcher: answering(403, '{"error":{"code":2005}}', 'application/json') }],
    ['notes, which are not announced', { fetcher: accepted, chatId: null, enabled: false }],
  ])('prints nothing about %s', async (_, page) => {
    await typeInto(page)
    expect(printed).not.toHaveBeenCalled()
  })
})

describe('in production, the library', () => {
  it.each(mistakes)('is silent about %s', async (_, mistake) => {
    vi.stubEnv('NODE_ENV', 'production')
    await typeInto(mistake)
    expect(printed).not.toHaveBeenCalled()
  })
})
