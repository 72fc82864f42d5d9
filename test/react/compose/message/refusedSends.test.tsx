import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pass } from '../../linqPage.js'
import { field, held, openBox, press, write } from '../openBox.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

const refusals: [name: string, value: { ok: boolean; status: number }][] = [
  ['a Response with 500', new Response(null, { status: 500 })],
  ['a Response with 400', new Response(null, { status: 400 })],
  ['anything of the shape of one', { ok: false, status: 429 }],
]

describe('an onSend that returns a refused response', () => {
  it.each(refusals)('has sent nothing when it resolves with %s (row 102)', async (_, refused) => {
    const { onSend, onSendError } = openBox()
    onSend.mockResolvedValue(refused)
    write('hello')
    press('Enter')
    await pass(0)
    expect(field()).toHaveValue('hello')
    expect(field().form).toHaveAttribute('data-failed')
    expect(onSendError.mock.calls).toEqual([[refused, 'hello']])
    expect(onSendError.mock.calls[0]![0]).toBe(refused)
  })

  it.each(refusals)('has sent nothing when it returns %s (row 102)', async (_, refused) => {
    const { onSend } = openBox()
    onSend.mockReturnValue(refused)
    write('hello')
    press('Enter')
    await pass(0)
    expect(field()).toHaveValue('hello')
  })

  it('hands the response to onSendFailed (row 102)', async () => {
    const onSendFailed = vi.fn()
    const { onSend, chatId } = openBox({ onSendFailed })
    const refused = new Response(null, { status: 503 })
    const sending = held()
    onSend.mockReturnValue(sending.promise.then(() => refused))
    write('hello')
    press('Enter')
    write('typed on')
    sending.resolve()
    await pass(0)
    expect(onSendFailed.mock.calls).toEqual([['hello', { chatId, error: refused }]])
  })

  it('ends the bubble, which no message clears (row 102)', async () => {
    const { onSend, calls } = openBox()
    onSend.mockResolvedValue(new Response(null, { status: 500 }))
    write('hello')
    await pass(200)
    press('Enter')
    await pass(200)
    expect(calls()).toEqual(['start', 'stop'])
  })

  it.each<[name: string, value: unknown]>([
    ['a Response with 200', new Response(null, { status: 200 })],
    ['a Response with 304', new Response(null, { status: 304 })],
    ['false', false],
    ['ok false without a status', { ok: false }],
    ['a status alone', { status: 500 }],
    ['a status of another kind', { ok: false, status: 'failed' }],
    ['null', null],
    ['an Error', new Error('returned, not thrown')],
  ])('has sent the message when it resolves with %s', async (_, value) => {
    const { onSend, onSendError } = openBox()
    onSend.mockResolvedValue(value)
    write('hello')
    press('Enter')
    await pass(0)
    expect(field()).toHaveValue('')
    expect(field().form).not.toHaveAttribute('data-failed')
    expect(onSendError).not.toHaveBeenCalled()
  })
})

it('onSend gets the id of the chat, or null', () => {
  const onSend = vi.fn()
  const { change, chatId } = openBox({ onSend })
  write('hello')
  press('Enter')
  change({ chatId: '' })
  write('hello again')
  press('Enter')
  expect(onSend.mock.calls).toEqual([
    ['hello', { chatId }],
    ['hello again', { chatId: null }],
  ])
})
