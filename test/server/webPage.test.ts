import { LinqAPIV3 } from '@linqapp/sdk'
import type { TypingError, TypingRequest } from 'react-linq-typing'
import { createSdkFetcher } from 'react-linq-typing/server'
import { describe, expect, it, vi } from 'vitest'
import { linqFailures } from '../../src/linq/failures.js'
import { setUp, token } from './setUp.js'

const chatId = '00000000-0000-4000-8000-000000000001'
const markup = '<!doctype html><title>Acme</title>'

const html = (status: number, body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Response(body, { status, headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers } })

/** The official client, where something else answers in Linq's place. */
const clientOf = (answer: Response) =>
  new LinqAPIV3({ apiKey: token, fetch: () => Promise.resolve(answer.clone()) })

const outcomeOf = (answer: Response, action: TypingRequest['action'] = 'start') =>
  createSdkFetcher(clientOf(answer))({
    ...{ chatId, action, signal: new AbortController().signal, keepalive: false },
  }).then(
    () => null,
    (thrown: unknown) => thrown as TypingError,
  )

describe('a web page in place of Linq’s answer', () => {
  it.each([
    ['200 with an app’s index', html(200, markup)],
    ['200 with white space before it', html(200, ` \n${markup}`)],
    ['302 to a login', html(302, markup, { Location: 'https://login.test' })],
    ['401 of a login', html(401, markup)],
    ['403 of a firewall', html(403, markup)],
    ['404 of another site', html(404, markup)],
    ['429 of a gateway', html(429, markup)],
    ['502 without a body', html(502, null)],
  ])('is a passing server failure that names the client’s base URL: %s (row 110)', async (_what, answer) => {
    for (const action of ['start', 'stop'] as const) {
      const error = await outcomeOf(answer, action)
      const { status } = answer
      expect(error).toMatchObject({ reason: 'server', status, isFinal: false, isSetupMistake: true })
      expect(error?.message).toMatch(/a web page came in place of Linq's answer.*base URL of the Linq client/)
      expect(error?.message).not.toContain('Acme')
      expect(linqFailures.waitAfter(error!, 1)).toBe(30_000)
    }
  })

  it('waits longer if Retry-After asks for it', async () => {
    const error = await outcomeOf(html(429, markup, { 'Retry-After': '120' }))
    expect(linqFailures.waitAfter(error!, 1)).toBe(120_000)
  })

  it.each([
    ['an empty body', html(200, '')],
    ['no body at all', html(204, null)],
    ['a text without markup', html(200, 'ok')],
    ['markup of another type', new Response('<svg/>', { headers: { 'Content-Type': 'image/svg+xml' } })],
  ])('is not seen in an answer with %s', async (_what, answer) => {
    expect(await outcomeOf(answer)).toBeNull()
  })

  it.each([
    [200, 504],
    [404, 502],
  ])('with status %i is answered %i by the proxy, and told to onError', async (status, answered) => {
    const onError = vi.fn()
    const { page } = setUp({ linq: clientOf(html(status, markup)), onError })
    const answer = await page('POST')
    // A 2xx may have landed, so the page has to be in doubt.
    expect(answer.status).toBe(answered)
    expect(await answer.json()).toEqual({ error: { reason: 'server' } })
    expect(onError.mock.calls).toEqual([
      [expect.objectContaining({ reason: 'server', status }), expect.anything()],
    ])
  })
})

describe('a redirect in place of Linq’s answer', () => {
  const opaque: Response = Object.defineProperties(Response.error(), {
    type: { value: 'opaqueredirect' },
    clone: { value: () => opaque },
  })

  it.each([
    [
      'with its status',
      new Response(null, { status: 308, headers: { Location: 'https://acme.test/' } }),
      308,
    ],
    ['as browsers show it', opaque, undefined],
  ])(
    'is a passing server failure that names the client’s base URL: %s (row 110)',
    async (_, answer, status) => {
      for (const action of ['start', 'stop'] as const) {
        const error = await outcomeOf(answer, action)
        expect(error).toMatchObject({ reason: 'server', status, isFinal: false, isSetupMistake: true })
        expect(error?.message).toMatch(
          /a redirect came in place of Linq's answer.*base URL of the Linq client/,
        )
        expect(linqFailures.waitAfter(error!, 1)).toBe(30_000)
      }
    },
  )
})
