import { TypingError } from 'react-linq-typing'
import type { LinqAnswer, LinqJourney } from 'react-linq-typing/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { setUp, textOf, token } from './setUp.js'

const traceId = '0'.repeat(31) + '1'

/** What an upstream might say that is nobody's business. */
const secret = 'line +12025550123 of tenant acme'
const secretBodies = [
  JSON.stringify({ success: false, error: { status: 0, code: 2008, message: secret, doc_url: secret } }),
  JSON.stringify({ error: { reason: secret, retryAfter: secret, traceId: secret }, trace_id: secret }),
  JSON.stringify({ error: secret, status: 0 }),
  JSON.stringify({ errors: [{ message: secret }] }),
  `<html>${secret} ${token}</html>`,
  secret,
]

async function answerTo(answer: LinqAnswer, journey: LinqJourney = {}) {
  const onError = vi.fn<(error: unknown, request: Request) => void>()
  const { page } = setUp({ network: () => ({ ...journey, answer }), onError })
  return { answer: await page('POST'), onError }
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('what a page is told of Linq’s refusals', () => {
  it.each<[LinqAnswer, number, string]>([
    [{ status: 400, code: 1005 }, 422, 'invalid'],
    [{ status: 401, code: 2004 }, 502, 'server'],
    [{ status: 403, code: 2004 }, 502, 'server'],
    [{ status: 403, code: 2005 }, 403, 'forbidden'],
    [{ status: 404, code: 2001 }, 404, 'not-found'],
    [{ status: 409, code: 2009 }, 409, 'busy'],
    [{ status: 409, code: 2013 }, 409, 'gone'],
    [{ status: 410 }, 409, 'gone'],
    [{ status: 409, code: 2016 }, 409, 'unsupported'],
    [{ status: 408 }, 504, 'timeout'],
    [{ status: 429, code: 1007 }, 429, 'rate-limited'],
    [{ status: 500, code: 3001 }, 502, 'server'],
    [{ status: 503, code: 4004 }, 502, 'server'],
    [{ status: 504, code: 3006 }, 504, 'server'],
    [{ status: 302, headers: { Location: 'https://elsewhere.test' } }, 502, 'server'],
  ])('%j is answered %i %s', async (said, status, reason) => {
    const { answer, onError } = await answerTo(said)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/json')
    // A bad token is the server's concern, and a 404 looks like that for a chat of somebody else's.
    const error = { reason, code: said.code === 2004 ? undefined : said.code, traceId }
    expect(await answer.json()).toEqual({ error: reason === 'not-found' ? { reason } : error })
    expect(onError).toHaveBeenCalledOnce()
  })

  it.each<[LinqAnswer['retryAfter'], string | null, number | undefined]>([
    [30, '30', 30_000],
    [0, '0', 0],
    ['1.5', '2', 1_500],
    ['soon', null, undefined],
    [undefined, null, undefined],
  ])('a limit of %j s is a header of %j and %j ms', async (retryAfter, header, ms) => {
    const { answer } = await answerTo({ status: 429, code: 1007, retryAfter })
    expect(answer.headers.get('retry-after')).toBe(header)
    expect(await answer.json()).toEqual({
      error: { reason: 'rate-limited', code: 1007, retryAfter: ms, traceId },
    })
  })

  it('a limit in the body alone is a header too', async () => {
    const { answer } = await answerTo({ status: 429, body: '{"error":{"retry_after":7}}' })
    expect(answer.headers.get('retry-after')).toBe('7')
  })

  it.each([
    [-5_000, '0', 0],
    [Infinity, '9007199254741', Number.MAX_SAFE_INTEGER],
    [NaN, null, undefined],
  ])(
    'a wait of %d ms that a client of one’s own throws is a header of %j',
    async (retryAfter, header, ms) => {
      const call = () => Promise.reject(new TypingError({ reason: 'rate-limited', retryAfter }))
      const { page } = setUp({ linq: { chats: { typing: { start: call, stop: call } } } })
      const answer = await page('POST')
      expect(answer.headers.get('retry-after')).toBe(header)
      expect(await answer.json()).toEqual({ error: { reason: 'rate-limited', retryAfter: ms } })
    },
  )

  it('a connection that breaks is answered 502', async () => {
    const { page } = setUp({ network: () => ({ up: 'reset' }) })
    const answer = await page('POST')
    expect(answer.status).toBe(502)
    expect(await answer.json()).toEqual({ error: { reason: 'network' } })
  })

  it('whatever a client throws is an answer', async () => {
    const throws = () => {
      throw new Error(secret)
    }
    const { page } = setUp({ linq: { chats: { typing: { start: throws, stop: throws } } } })
    const answer = await page('POST')
    expect(answer.status).toBe(502)
    expect(await answer.json()).toEqual({ error: { reason: 'network' } })
  })

  it('no answer is ever stored', async () => {
    const { page, chatId } = setUp()
    const requests: Parameters<typeof page>[] = [
      ['POST'],
      ['DELETE'],
      ['GET'],
      ['POST', 'x'],
      ['POST', chatId.replace('0', '1')],
      ['POST', chatId, { headers: {} }],
      ['POST', 'a/b'],
    ]
    const answers = await Promise.all(requests.map((request) => page(...request)))
    answers.push(await setUp({ authorize: () => false }).page('POST'))
    answers.push(await setUp({ authorize: () => Promise.reject(new Error()) }).page('POST'))
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 405, 422, 404, 403, 404, 404, 500])
    for (const { headers } of answers) expect(headers.get('cache-control')).toBe('no-store')
  })
})

describe('what no page is ever told', () => {
  it.each([200, 202, 302, 400, 401, 403, 404, 409, 418, 429, 500, 502, 503])(
    'the texts, the headers and the token behind a %i',
    async (status) => {
      for (const body of secretBodies) {
        const headers = {
          'X-Trace-ID': `${secret} ${token}`,
          'Set-Cookie': secret,
          Server: secret,
          Location: secret,
        }
        const { answer } = await answerTo({ status, body, headers, retryAfter: secret })
        const text = await textOf(answer)
        expect(text).not.toContain('tenant acme')
        expect(text).not.toContain('2025550123')
        expect(text).not.toContain(token)
        const known = ['cache-control', 'content-type', 'vary']
        expect([...answer.headers.keys()].filter((name) => !known.includes(name))).toEqual([])
      }
    },
  )
})

describe('onError', () => {
  it('is told the whole of a refusal, for the server’s log', async () => {
    const { onError } = await answerTo({ status: 401, code: 2004 })
    const [error, request] = onError.mock.calls[0]!
    expect(error).toBeInstanceOf(TypingError)
    expect(error).toMatchObject({ reason: 'unauthorized', status: 401, code: 2004, traceId })
    expect((error as TypingError).cause).toMatchObject({ status: 401 })
    expect(request.method).toBe('POST')
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('log full')
      },
    ],
    ['rejects', () => Promise.reject(new Error('log full'))],
  ])('changes nothing when it %s', async (_how, onError) => {
    const heard = vi.fn()
    process.on('unhandledRejection', heard)
    const { page } = setUp({ network: () => ({ answer: { status: 503 } }), onError })
    expect((await page('POST')).status).toBe(502)
    await new Promise(setImmediate)
    process.off('unhandledRejection', heard)
    expect(heard).not.toHaveBeenCalled()
  })

  it('is not awaited', async () => {
    const { page } = setUp({ network: () => ({ up: 'reset' }), onError: () => new Promise(() => {}) })
    expect((await page('POST')).status).toBe(502)
  })

  it('hears nothing of a success', async () => {
    const onError = vi.fn()
    await setUp({ onError }).page('POST')
    expect(onError).not.toHaveBeenCalled()
  })

  it('may be left out, and nothing is printed', async () => {
    const methods = ['log', 'info', 'warn', 'error', 'debug'] as const
    const spies = methods.map((name) => vi.spyOn(console, name).mockImplementation(() => {}))
    await setUp({ network: () => ({ answer: { status: 500 } }) }).page('POST')
    await setUp({ authorize: () => Promise.reject(new Error()) }).page('POST')
    for (const spy of spies) expect(spy).not.toHaveBeenCalled()
  })
})
