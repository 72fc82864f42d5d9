import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest'
import { pass } from '../../linqPage.js'
import { field, held, openBox, press, write } from '../openBox.js'

let printed: MockInstance<typeof console.error>
beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

const failing = (error: unknown) => () => {
  throw error as Error
}

async function sendAll(...texts: string[]) {
  for (const text of texts) {
    write(text)
    press('Enter')
    await pass(0)
  }
}

describe('onSendError', () => {
  it('is called for every failed send, wherever its text goes (row 103)', async () => {
    const told: unknown[][] = []
    const onSendError = (...args: unknown[]) => void told.push(args)
    const { onSend, change, linq } = openBox({ onSendError, onSendFailed: () => undefined })
    const errors = ['thrown', 'back', 'typed on', 'another chat', 'closed'].map((text) => new Error(text))
    const texts = errors.map(({ message }) => message)
    onSend.mockImplementationOnce(failing(errors[0]))
    onSend.mockRejectedValueOnce(errors[1])
    await sendAll('thrown', 'back')
    const pending = errors.slice(2).map((error) => {
      const sending = held()
      onSend.mockReturnValueOnce(sending.promise)
      return () => sending.reject(error)
    })
    await sendAll(...texts.slice(2))
    write('more')
    pending[0]!()
    await pass(0)
    change({ chatId: linq.addChat() })
    pending[1]!()
    await pass(0)
    change({ key: 'another box' })
    pending[2]!()
    await pass(0)
    expect(told).toEqual(errors.map((error, index) => [error, texts[index]]))
    expect(printed).not.toHaveBeenCalled()
  })

  it('loses no text when it throws, and its error stays uncaught (row 103)', async () => {
    const uncaught = vi.fn()
    process.on('uncaughtException', uncaught)
    const { onSend } = openBox({ onSendError: failing(new Error('of the host')) })
    onSend.mockImplementation(failing(new Error('no')))
    await sendAll('hello')
    process.off('uncaughtException', uncaught)
    expect(field()).toHaveValue('hello')
    expect(uncaught).toHaveBeenCalledTimes(1)
  })
})

describe('a failed send without onSendError', () => {
  it('is printed in development, once for each error, with the error itself (row 103)', async () => {
    const { onSend } = openBox({ onSendError: undefined })
    const bug = new TypeError("can't read 'id' of undefined")
    onSend.mockImplementation(failing(bug))
    await sendAll('one', 'two', 'three')
    onSend.mockResolvedValue(new Response(null, { status: 507 }))
    await sendAll('four')
    expect(printed.mock.calls).toEqual([
      [expect.stringMatching(/not sent: TypeError: can't read 'id' of undefined.*onSendError/), bug],
      [expect.stringMatching(/not sent: it answered with status 507.*onSendError/), expect.any(Response)],
    ])
  })

  it('is printed whatever was thrown, and gives the text back (row 103)', async () => {
    const { onSend } = openBox({ onSendError: undefined })
    for (const thrown of ['a text', undefined, Symbol('odd'), Object.create(null) as unknown]) {
      onSend.mockImplementation(failing(thrown))
      await sendAll('hello')
      expect(field()).toHaveValue('hello')
    }
    expect(printed).toHaveBeenCalledTimes(4)
  })

  it('is not printed in production (row 103)', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    const { onSend } = openBox({ onSendError: undefined })
    onSend.mockImplementation(failing(new Error('in production')))
    await sendAll('hello')
    expect(printed).not.toHaveBeenCalled()
  })
})
