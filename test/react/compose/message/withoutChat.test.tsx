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

  it.each([
    ['before it is sent', 0],
    ['after it is sent', 1_000],
  ])('is corrected once where someone types on, if the chat gets its id %s (row 116)', async (_, later) => {
    const { change, chatId, arrive, calls } = sendFirst('hello')
    if (later > 0) await arrive()
    await pass(later)
    change({ chatId })
    write('and')
    await pass(1_000)
    if (later === 0) await arrive()
    for (let second = 0; second < 8; second++) {
      await pass(1_000)
      write(`and${'x'.repeat(second)}`)
    }
    expect(calls()).toEqual(['start', 'start'])
  })

  it('is corrected once where the new chat has a box of its own, into which someone types on (row 116)', async () => {
    const { linq, send, show, calls } = linqPage()
    const chatId = linq.addChat()
    const box = (id: string | null) => (
      <ComposeBox key={id ?? 'new'} chatId={id} onSend={() => send(chatId, 'first')} />
    )
    const view = show(box(null))
    write('first')
    press('Enter')
    await pass(300)
    view.show(box(chatId))
    for (let typed = 1; typed <= 20; typed++) {
      write('s'.repeat(typed))
      await pass(500)
    }
    expect(calls()).toEqual(['start', 'start'])
    expect(linq.recipientSees(chatId)).toBe(true)
  })

  it('is corrected in no other chat while its own box is there (row 116)', async () => {
    const { show, linq, calls } = linqPage()
    const chatId = linq.addChat()
    const page = (other: string | null) => (
      <>
        <ComposeBox chatId={null} onSend={() => undefined} />
        <ComposeBox label="other" chatId={other} onSend={() => undefined} />
      </>
    )
    const view = show(page(null))
    write('first')
    press('Enter')
    view.show(page(chatId))
    for (let typed = 1; typed <= 20; typed++) {
      fireEvent.input(screen.getByLabelText('other'), { target: { value: 's'.repeat(typed) } })
      await pass(500)
    }
    expect(calls()).toEqual(['start'])
  })

  it('is corrected nowhere once it has long arrived (row 116)', async () => {
    const { change, chatId, arrive, calls } = sendFirst('hello')
    await arrive()
    await pass(10_000)
    change({ chatId })
    for (let second = 0; second < 8; second++) {
      write(`and${'x'.repeat(second)}`)
      await pass(1_000)
    }
    expect(calls()).toEqual(['start'])
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
