import { fireEvent, screen } from '@testing-library/react'
import { ComposeBox } from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linqPage, pass } from '../../linqPage.js'
import { field, held, openBox, press, putBack, write } from '../openBox.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A box of a chat to come, with a message that is on its way. */
function sendFirst(text: string) {
  const box = openBox({ chatId: null })
  return { ...box, ...box.submit(text), form: field().form! }
}

describe('a message from before the chat had an id', () => {
  it('is on its way until it is sent', async () => {
    const { change, chatId, arrive, form } = sendFirst('hello')
    change({ chatId })
    expect(form).toHaveAttribute('data-sending')
    await arrive()
    expect(form).not.toHaveAttribute('data-sending')
  })

  it('is still shown as failed once the chat has its id', async () => {
    const { change, chatId, fail } = sendFirst('hello')
    await fail()
    change({ chatId })
    expect(field()).toHaveValue('hello')
    expect(screen.getByText(/not sent/)).toBeVisible()
    press('Enter')
    await pass(0)
    expect(screen.queryByText(/not sent/)).toBeNull()
  })

  it('can be put back by hand once the chat has its id (row 15)', async () => {
    const { change, chatId, fail } = sendFirst('hello')
    write('typed on')
    await fail()
    change({ chatId })
    putBack()
    expect(field()).toHaveValue('hello\ntyped on')
  })

  it('never shows up in another chat (row 15)', async () => {
    const { change, chatId, linq, fail } = sendFirst('for the first')
    change({ chatId })
    change({ chatId: linq.addChat() })
    await fail()
    expect(field()).toHaveValue('')
    expect(screen.queryByText(/not sent/)).toBeNull()
    change({ chatId })
    expect(field()).toHaveValue('for the first')
  })
})

describe('a box without a chat', () => {
  it('gets no message from another box without a chat', async () => {
    const sending = held()
    const box = (label: string, onSend: () => unknown) => (
      <ComposeBox chatId={null} label={label} onSend={onSend} onSendError={() => undefined} />
    )
    linqPage().show(
      <>
        {box('one', () => sending.promise)}
        {box('two', () => undefined)}
      </>,
    )
    const [one, two] = [screen.getByLabelText('one'), screen.getByLabelText('two')]
    fireEvent.input(one, { target: { value: 'for one' } })
    fireEvent.keyDown(one, { key: 'Enter' })
    fireEvent.input(one, { target: { value: 'typed on' } })
    sending.reject(new Error('no'))
    await pass(0)
    // There is one to be pressed.
    putBack()
    expect(one).toHaveValue('for one\ntyped on')
    expect(two).toHaveValue('')
  })
})
