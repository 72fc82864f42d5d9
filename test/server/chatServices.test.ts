import { LinqAPIV3 } from '@linqapp/sdk'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { setUp } from './setUp.js'

afterEach(() => {
  vi.useRealTimers()
})

describe('a proxy that knows the service', () => {
  it.each(['SMS', 'RCS'] as const)(
    'tells that a chat on %s has no bubble, without a call',
    async (service) => {
      const onEvent = vi.fn()
      const { page, linq } = setUp({ knowsService: true, onEvent })
      const chatId = linq.addChat({ service })
      for (let key = 0; key < 3; key++) {
        const answer = await page('POST', chatId)
        expect(answer.status).toBe(409)
        expect(await answer.json()).toEqual({ error: { reason: 'unsupported' } })
      }
      expect(linq.calls.map(({ action }) => action)).toEqual(['read'])
      expect(onEvent.mock.calls).toEqual([[{ type: 'refused', why: 'unsupported', chatId, count: 1 }]])
    },
  )

  it('asks once for a chat, and again after ten minutes', async () => {
    vi.useFakeTimers()
    const { page, linq } = setUp({ knowsService: true })
    const actions = () => linq.calls.map(({ action }) => action)
    await Promise.all([page('POST'), page('POST')])
    await page('DELETE')
    expect(actions().filter((action) => action === 'read')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(599_000)
    await page('POST')
    expect(actions().filter((action) => action === 'read')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1_000)
    await page('POST')
    expect(actions().filter((action) => action === 'read')).toHaveLength(2)
  })

  it.each([
    ['is not known yet', { service: null }, undefined],
    ['can’t be asked for', {}, { answer: { status: 500 } }],
    ['is not told in time', {}, { up: 'lost' as const }],
  ])('makes the start where it %s', async (_why, chat, journey) => {
    vi.useFakeTimers()
    const { page, linq } = setUp({
      knowsService: true,
      network: ({ action }) => (action === 'read' ? journey : undefined),
    })
    const answer = page('POST', linq.addChat(chat))
    await vi.advanceTimersByTimeAsync(1_000)
    expect((await answer).status).toBe(204)
  })

  it('follows no redirect when it asks', async () => {
    const followed: unknown[] = []
    const linq = new LinqAPIV3({
      apiKey: 'any',
      fetch: (_url, init) => {
        followed.push([init?.method?.toUpperCase(), init?.redirect])
        return Promise.resolve(new Response(null, { status: 204 }))
      },
    })
    const { page } = setUp({ knowsService: true, linq })
    await page('POST')
    expect(followed).toEqual([
      ['GET', 'manual'],
      ['POST', 'manual'],
    ])
  })

  it('takes a stop to Linq, whatever the service', async () => {
    const { page, linq } = setUp({ knowsService: true })
    expect((await page('DELETE', linq.addChat({ service: 'SMS' }))).status).toBe(204)
    expect(linq.calls.map(({ action }) => action)).toEqual(['stop'])
  })
})

it('a proxy that is not told to asks nothing', async () => {
  const { page, linq } = setUp()
  await page('POST', linq.addChat({ service: 'SMS' }))
  expect(linq.calls.map(({ action }) => action)).toEqual(['start'])
})
