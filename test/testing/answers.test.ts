import { APIError, InternalServerError, RateLimitError } from '@linqapp/sdk'
import { createLinqEmulator, type LinqAnswer } from 'react-linq-typing/testing'
import { describe, expect, it } from 'vitest'
import { createLinqClient } from './linqClient.js'

function setUp(answer: LinqAnswer) {
  const emulator = createLinqEmulator({ network: () => ({ answer }) })
  const chatId = emulator.addChat()
  const start = () => emulator.fetch(`/v3/chats/${chatId}/typing`, { method: 'POST' })
  const startWithSdk = () =>
    createLinqClient(emulator)
      .chats.typing.start(chatId)
      .then(
        () => null,
        (error: unknown) => error as APIError,
      )
  return { emulator, chatId, start, startWithSdk }
}

describe('what Linq says instead of the truth', () => {
  it.each([
    [400, 1005],
    [400, 1002],
    [401, 2004],
    [403, 2005],
    [403, 2006],
    [403, 2008],
    [403, 2011],
    [403, 2024],
    [404, 2001],
    [409, 2009],
    [409, 2013],
    [409, 2016],
    [409, 2017],
    [429, 1007],
    [500, 3001],
    [500, 4002],
    [503, 4004],
    [504, 3006],
  ])('%i with code %i comes in the envelope, and nothing takes effect', async (status, code) => {
    const { emulator, chatId, startWithSdk } = setUp({ status, code })
    const error = await startWithSdk()
    expect(error).toBeInstanceOf(APIError)
    expect(error).toMatchObject({
      status,
      error: { success: false, error: { status, code, message: expect.any(String) as string } },
    })
    const traceId = error?.headers?.get('x-trace-id')
    expect(traceId).toMatch(/^[\da-f]{32}$/)
    expect(error?.error).toHaveProperty('trace_id', traceId)
    expect(emulator.recipientSees(chatId)).toBe(false)
    expect(emulator.calls[0]).toMatchObject({ status })
  })

  it('an envelope has no code where none is given', async () => {
    const { start } = setUp({ status: 503 })
    const { error } = (await (await start()).json()) as { error: object }
    expect(error).toEqual({ status: 503, message: 'The request failed with status 503' })
  })

  it('may be told although the call took effect', async () => {
    const { emulator, chatId, startWithSdk } = setUp({ status: 504, code: 3006, landed: true })
    expect(await startWithSdk()).toBeInstanceOf(InternalServerError)
    expect(emulator.recipientSees(chatId)).toBe(true)
    expect(emulator.calls[0]).toMatchObject({ status: 504 })
  })

  it('does not make a call take effect that Linq refuses', async () => {
    const { emulator, chatId, start } = setUp({ status: 500, landed: true })
    emulator.updateChat(chatId, { isGroup: true })
    expect((await start()).status).toBe(500)
    expect(emulator.recipientSees(chatId)).toBe(false)
  })

  it('may be an acceptance of nothing, which has no body', async () => {
    const { emulator, chatId, start } = setUp({ status: 204, body: '{}' })
    const response = await start()
    expect([response.status, response.body]).toEqual([204, null])
    expect(emulator.recipientSees(chatId)).toBe(false)
  })

  it('may be HTML', async () => {
    const { start } = setUp({ status: 502, body: '<html>Bad gateway</html>' })
    const response = await start()
    expect(response.headers.get('content-type')).toBe('text/html')
    expect(await response.text()).toBe('<html>Bad gateway</html>')
    expect(response.headers.get('x-trace-id')).toMatch(/^[\da-f]{32}$/)
  })

  it('may be nothing', async () => {
    const { start } = setUp({ status: 502, body: '' })
    const response = await start()
    expect(response.headers.get('content-type')).toBeNull()
    expect(await response.text()).toBe('')
  })

  it.each(['{"errors":[{"code":2005}]}', '{"error":"Forbidden","status":403}'])(
    'may have a shape of the old API: %s',
    async (body) => {
      const { startWithSdk } = setUp({ status: 403, body })
      expect(await startWithSdk()).toMatchObject({ status: 403, error: JSON.parse(body) as object })
    },
  )

  it('asks to wait, in the header and in the envelope', async () => {
    const { startWithSdk } = setUp({ status: 429, code: 1007, retryAfter: 30 })
    const error = await startWithSdk()
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error?.headers?.get('retry-after')).toBe('30')
    expect(error?.error).toMatchObject({ error: { code: 1007, retry_after: 30 } })
  })

  it('asks to wait until a date, in the header alone', async () => {
    const date = 'Wed, 21 Oct 2026 07:28:00 GMT'
    const response = await setUp({ status: 429, code: 1007, retryAfter: date }).start()
    expect(response.headers.get('retry-after')).toBe(date)
    expect(await response.text()).not.toContain('retry_after')
  })

  it('asks to wait in the body alone', async () => {
    const body = '{"success":false,"error":{"status":429,"code":1007,"message":"","retry_after":7}}'
    const response = await setUp({ status: 429, body }).start()
    expect(response.headers.get('retry-after')).toBeNull()
    expect(await response.json()).toMatchObject({ error: { retry_after: 7 } })
  })

  it('may have headers of its own, which win', async () => {
    const { start } = setUp({ status: 503, headers: { 'x-trace-id': 'none', server: 'gateway' } })
    const { headers } = await start()
    expect([headers.get('x-trace-id'), headers.get('server')]).toEqual(['none', 'gateway'])
  })

  it('is asked for anew with every call', async () => {
    const { emulator, start } = setUp({ status: 500 })
    expect((await start()).status).toBe(500)
    emulator.network = undefined
    expect((await start()).status).toBe(204)
    emulator.network = ({ action }) => (action === 'start' ? { answer: { status: 404 } } : undefined)
    expect((await start()).status).toBe(404)
  })
})
