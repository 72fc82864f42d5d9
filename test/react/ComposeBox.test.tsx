import { act, createEvent, fireEvent, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { ComposeBox } from 'react-linq-typing'
import { flushSync } from 'react-dom'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linqPage, pass } from './linqPage.js'

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
const button = () => screen.getByRole('button', { name: 'Send' })
const write = (text: string) => fireEvent.input(field(), { target: { value: text } })
const press = (key: string, init: object = {}) => fireEvent.keyDown(field(), { key, ...init })

/** A promise that is settled by hand. */
function held() {
  let resolve: () => void = () => undefined
  let reject: (error: Error) => void = () => undefined
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

function box(
  props: Partial<Parameters<typeof ComposeBox>[0]> = {},
  options: Parameters<typeof linqPage>[0] = {},
) {
  const page = linqPage(options)
  const chatId = page.linq.addChat()
  const onSend = vi.fn<(text: string) => unknown>()
  const element = ({ key = 'box', ...more }: typeof props = {}) => (
    <ComposeBox key={key} chatId={chatId} onSend={onSend} {...props} {...more} />
  )
  const view = page.show(element())
  return { ...page, chatId, onSend, view, change: (more: typeof props) => view.show(element(more)) }
}

describe('sending', () => {
  it.each<[string, () => void]>([
    ['Enter', () => press('Enter')],
    ['Ctrl+Enter', () => press('Enter', { ctrlKey: true })],
    ['the button', () => fireEvent.click(button())],
    ['submitting the form', () => fireEvent.submit(field().form!)],
  ])(
    'by %s hands over the exact text in the same tick, empties the box and ends typing (row 18, row 29, row 81)',
    async (_, send) => {
      const { onSend, calls } = box({}, { network: () => ({ up: 'lost' }) })
      write('  hello\n')
      expect(calls()).toEqual(['start'])
      send()
      expect(onSend.mock.calls).toEqual([['  hello\n']])
      expect(field()).toHaveValue('')
      await pass(30_000)
      expect(calls().filter((action) => action === 'start')).toHaveLength(1)
    },
  )

  it('once for two intents in one tick (row 14)', () => {
    const { onSend } = box()
    onSend.mockReturnValue(held().promise)
    write('hello')
    fireEvent.click(button())
    fireEvent.click(button())
    press('Enter')
    expect(onSend).toHaveBeenCalledTimes(1)
    write('hello')
    press('Enter')
    expect(onSend).toHaveBeenCalledTimes(2)
  })

  it('with Enter held down sends once (row 66)', () => {
    const { onSend } = box()
    write('hello')
    press('Enter')
    write('more')
    press('Enter', { repeat: true })
    expect(onSend).toHaveBeenCalledTimes(1)
    expect(field()).toHaveValue('more')
  })

  it.each(['', ' ', '\n', '\u200B\u00A0'])('a blank text of %j is not done (row 57)', (text) => {
    const { onSend } = box()
    write(text)
    press('Enter')
    fireEvent.click(button())
    expect(onSend).not.toHaveBeenCalled()
    expect(field()).toHaveValue(text)
  })

  it('runs something that is only like a promise once', async () => {
    const { onSend } = box()
    const then = vi.fn((resolve: () => void) => resolve())
    onSend.mockReturnValue({ then })
    write('hello')
    press('Enter')
    await pass(5_000)
    expect(then).toHaveBeenCalledTimes(1)
  })

  it('by an onSend that closes the box makes no stop', async () => {
    const { onSend, change, calls, linq } = box()
    onSend.mockImplementation(() => {
      flushSync(() => change({ chatId: linq.addChat() }))
    })
    write('hello')
    await pass(200)
    press('Enter')
    await pass(20_000)
    expect(calls()).toEqual(['start'])
  })

  it('leaves the caret in the field', () => {
    box()
    field().focus()
    write('hello')
    const down = createEvent.mouseDown(button())
    fireEvent(button(), down)
    expect(down.defaultPrevented).toBe(true)
    fireEvent.click(button())
    expect(field()).toHaveFocus()
    expect(field()).toBeEnabled()
  })
})

describe('Enter', () => {
  it('with Shift breaks the line', async () => {
    vi.useRealTimers()
    const { onSend } = box()
    const user = userEvent.setup()
    await user.type(field(), 'one{Shift>}{Enter}{/Shift}two')
    expect(field()).toHaveValue('one\ntwo')
    await user.keyboard('{Enter}')
    expect(onSend.mock.calls).toEqual([['one\ntwo']])
  })

  it.each([
    ['while an input method composes (row 7)', { isComposing: true }],
    ['that ends a composition in Safari (row 8)', { keyCode: 229 }],
  ])('%s does not send', (_, init) => {
    const { onSend } = box()
    write('こんにちは')
    press('Enter', init)
    expect(onSend).not.toHaveBeenCalled()
    expect(field()).toHaveValue('こんにちは')
  })

  it('that the host handled is the host’s', () => {
    const { onSend } = box({ onKeyDown: (event) => event.preventDefault() })
    write('@ann')
    press('Enter')
    expect(onSend).not.toHaveBeenCalled()
  })
})

describe('a message that is not sent', () => {
  it('because onSend throws gives the text back', () => {
    const { onSend } = box()
    onSend.mockImplementation(() => {
      throw new Error('no')
    })
    write(' hello ')
    press('Enter')
    expect(field()).toHaveValue(' hello ')
    expect(screen.getByText(/not sent/)).toBeVisible()
  })

  it.each([0, 1_000, 10_000])(
    'because its promise rejects after %i ms gives the exact text back (row 15)',
    async (delay) => {
      const { onSend, calls } = box()
      const sending = held()
      onSend.mockReturnValue(sending.promise)
      write(' hello ')
      await pass(200)
      press('Enter')
      await pass(delay)
      sending.reject(new Error('no'))
      await pass(0)
      expect(field()).toHaveValue(' hello ')
      await pass(60_000)
      // Giving the text back is not typing.
      expect(calls()).toEqual(['start', 'stop'])
    },
  )

  it('goes to onSendFailed when someone typed on', async () => {
    const onSendFailed = vi.fn()
    const { onSend } = box({ onSendFailed })
    const sending = held()
    onSend.mockReturnValue(sending.promise)
    write('first')
    press('Enter')
    write('second')
    sending.reject(new Error('no'))
    await pass(0)
    expect(field()).toHaveValue('second')
    expect(onSendFailed.mock.calls).toEqual([['first', new Error('no')]])
  })

  it('can be put back by hand when someone typed on and nobody else takes it', async () => {
    const { onSend } = box()
    const sending = held()
    onSend.mockReturnValue(sending.promise)
    write('first')
    press('Enter')
    write('second')
    sending.reject(new Error('no'))
    await pass(0)
    fireEvent.click(screen.getByRole('button', { name: 'Put it back' }))
    expect(field()).toHaveValue('first\nsecond')
    expect(screen.queryByText(/not sent/)).toBeNull()
  })

  it('is found in its own chat when the chat was switched', async () => {
    const { onSend, change, chatId, linq } = box()
    const sending = held()
    onSend.mockReturnValue(sending.promise)
    write('for the first chat')
    press('Enter')
    const other = linq.addChat()
    change({ chatId: other })
    write('for the other')
    sending.reject(new Error('no'))
    await pass(0)
    expect(field()).toHaveValue('for the other')
    change({ chatId })
    expect(field()).toHaveValue('for the first chat')
  })

  it('is not lost when the message typed after it is sent', async () => {
    const { onSend } = box()
    const sending = held()
    onSend.mockReturnValueOnce(sending.promise)
    write('one')
    press('Enter')
    write('two')
    sending.reject(new Error('no'))
    await pass(0)
    press('Enter')
    await pass(0)
    fireEvent.click(screen.getByRole('button', { name: 'Put it back' }))
    expect(field()).toHaveValue('one')
  })

  it('is kept beside another that was not sent either', async () => {
    const { onSend } = box()
    const [first, second] = [held(), held()]
    onSend.mockReturnValueOnce(first.promise).mockReturnValueOnce(second.promise)
    write('one')
    press('Enter')
    write('two')
    press('Enter')
    write('three')
    first.reject(new Error('no'))
    second.reject(new Error('no'))
    await pass(0)
    fireEvent.click(screen.getByRole('button', { name: 'Put it back' }))
    expect(field()).toHaveValue('one\ntwo\nthree')
  })

  it('finds the box that shows its chat, when the one it came from is gone', async () => {
    const { onSend, change, chatId, linq } = box()
    const sending = held()
    onSend.mockReturnValueOnce(sending.promise)
    write('hello')
    press('Enter')
    change({ key: 'b', chatId: linq.addChat() })
    change({ key: 'c', chatId })
    sending.reject(new Error('no'))
    await pass(0)
    fireEvent.click(screen.getByRole('button', { name: 'Put it back' }))
    expect(field()).toHaveValue('hello')
  })

  it('from before the chat had an id stays with the box', async () => {
    const { onSend, change, chatId } = box({ chatId: null })
    const sending = held()
    onSend.mockReturnValueOnce(sending.promise)
    write('hello')
    press('Enter')
    change({ chatId })
    sending.reject(new Error('no'))
    await pass(0)
    expect(field()).toHaveValue('hello')
    expect(screen.getByText(/not sent/)).toBeVisible()
  })

  it('is nobody else’s unhandled rejection', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const { onSend } = box()
    onSend.mockImplementation(() => Promise.reject(new Error('no')))
    write('hello')
    press('Enter')
    await pass(0)
    vi.useRealTimers()
    await act(() => new Promise((resolve) => setTimeout(resolve)))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })
})

describe('a switch of chat', () => {
  it('keeps what was written for each (restoring it is not typing, row 12)', async () => {
    const { change, chatId, linq, calls } = box()
    write('a draft')
    await pass(200)
    const other = linq.addChat()
    change({ chatId: other })
    expect(field()).toHaveValue('')
    change({ chatId })
    expect(field()).toHaveValue('a draft')
    await pass(60_000)
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('from no chat to the first keeps the text (row 27)', () => {
    const { change, chatId } = box({ chatId: undefined })
    write('before it had an id')
    change({ chatId })
    expect(field()).toHaveValue('before it had an id')
  })
})

describe('a typing error', () => {
  it('is a quiet line, and messages still send', async () => {
    const { onSend, change, linq } = box()
    change({ chatId: linq.addChat({ isGroup: true }) })
    write('h')
    await pass(200)
    expect(screen.getByText(/can’t see you typing in this chat/)).toBeVisible()
    press('Enter')
    expect(onSend).toHaveBeenCalledWith('h')
  })

  it('says nothing while all is well: one’s own typing is never mentioned', async () => {
    box()
    const lines = screen.getAllByRole('status')
    write('h')
    await pass(5_000)
    for (const line of lines) expect(line).toBeEmptyDOMElement()
  })
})

it('shows its state as data attributes', async () => {
  const { onSend } = box()
  onSend.mockReturnValue(held().promise)
  const form = field().form!
  expect(form).toHaveAttribute('data-blank')
  expect(form).toHaveAttribute('data-typing', 'idle')
  write('h')
  expect(form).not.toHaveAttribute('data-blank')
  expect(form).toHaveAttribute('data-typing', 'starting')
  press('Enter')
  expect(form).toHaveAttribute('data-sending')
  await pass(0)
})
