import { act, fireEvent, screen } from '@testing-library/react'
import { ComposeBox } from 'react-linq-typing'
import { flushSync } from 'react-dom'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linqPage, pass } from '../../linqPage.js'
import { field, held, openBox, press, putBack, write } from '../openBox.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Two messages, 'one' and 'two', that are both on their way. */
function submitTwo() {
  const { submit } = openBox()
  return { first: submit('one'), second: submit('two') }
}

describe('a message that was not sent', () => {
  it('goes back into the box when onSend throws', () => {
    const { onSend } = openBox()
    onSend.mockImplementation(() => {
      throw new Error('no')
    })
    write(' hello ')
    press('Enter')
    expect(field()).toHaveValue(' hello ')
    expect(screen.getByText(/not sent/)).toBeVisible()
  })

  it.each([0, 1_000, 10_000])(
    'goes back into the box unchanged when its promise rejects after %i ms (row 15)',
    async (delay) => {
      const { onSend, calls } = openBox()
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
    const { submit, chatId } = openBox({ onSendFailed })
    const { fail } = submit('first')
    write('second')
    await fail()
    expect(field()).toHaveValue('second')
    expect(onSendFailed.mock.calls).toEqual([['first', { chatId, error: new Error('no') }]])
  })

  it('can be put back by hand when someone typed on and there is no onSendFailed', async () => {
    const { submit } = openBox()
    const { fail } = submit('first')
    write('second')
    await fail()
    putBack()
    expect(field()).toHaveValue('first\nsecond')
    expect(screen.queryByText(/not sent/)).toBeNull()
  })

  it('waits in its own chat when the box shows another one', async () => {
    const { submit, change, chatId, linq } = openBox()
    const { fail } = submit('for the first chat')
    const other = linq.addChat()
    change({ chatId: other })
    write('for the other')
    await fail()
    expect(field()).toHaveValue('for the other')
    change({ chatId })
    expect(field()).toHaveValue('for the first chat')
  })

  it('is not lost when the message typed after it is sent', async () => {
    const { submit } = openBox()
    const { fail } = submit('one')
    write('two')
    await fail()
    press('Enter')
    await pass(0)
    putBack()
    expect(field()).toHaveValue('one')
  })

  it('waits beside another that was not sent either', async () => {
    const { first, second } = submitTwo()
    write('three')
    first.reject(new Error('no'))
    await second.fail()
    putBack()
    expect(field()).toHaveValue('one\ntwo\nthree')
  })

  it('is put back in the order in which they were sent, whichever failed first', async () => {
    const { first, second } = submitTwo()
    write('three')
    await second.fail()
    await first.fail()
    putBack()
    expect(field()).toHaveValue('one\ntwo\nthree')
  })

  it('waits in the box that shows its chat when its own box is gone', async () => {
    const { submit, change, chatId, linq } = openBox()
    const { fail } = submit('hello')
    change({ key: 'b', chatId: linq.addChat() })
    change({ key: 'c', chatId })
    await fail()
    putBack()
    expect(field()).toHaveValue('hello')
  })

  it('goes back into its box when the chat got its id meanwhile', async () => {
    const { submit, change, chatId } = openBox({ chatId: null })
    const { fail } = submit('hello')
    change({ chatId })
    await fail()
    expect(field()).toHaveValue('hello')
    expect(screen.getByText(/not sent/)).toBeVisible()
  })

  it('waits in its chat when onSend closed the box and threw', () => {
    const { onSend, change, linq, chatId } = openBox()
    onSend.mockImplementation(() => {
      flushSync(() => change({ key: 'other', chatId: linq.addChat() }))
      throw new Error('no')
    })
    write('hello')
    press('Enter')
    change({ key: 'again', chatId })
    expect(field()).toHaveValue('hello')
  })

  it('is shown as failed in its own chat, whatever fails in another', async () => {
    const { onSend, change, chatId, linq } = openBox()
    onSend.mockRejectedValue(new Error('no'))
    write('for the first chat')
    press('Enter')
    await pass(0)
    change({ chatId: linq.addChat() })
    write('for the other')
    press('Enter')
    await pass(0)
    write('')
    expect(screen.queryByText(/not sent/)).toBeNull()
    change({ chatId })
    expect(field()).toHaveValue('for the first chat')
    expect(screen.getByText(/not sent/)).toBeVisible()
  })

  it('is still shown as failed when a message sent after it arrives', async () => {
    const { first, second } = submitTwo()
    await first.fail()
    await second.arrive()
    expect(field()).toHaveValue('one')
    expect(screen.getByText(/not sent/)).toBeVisible()
    press('Enter')
    await pass(0)
    expect(screen.queryByText(/not sent/)).toBeNull()
  })

  it('goes to the onSendFailed of its own chat, whichever chat is shown', async () => {
    const told: string[] = []
    const props = (chatId: string) => ({
      chatId,
      onSendFailed: (text: string) => void told.push(`${chatId}: ${text}`),
    })
    const { submit, change } = openBox(props('first'))
    const { fail } = submit('for the first')
    change(props('second'))
    await fail()
    expect(told).toEqual(['first: for the first'])
  })

  it('causes no unhandled rejection', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const { onSend } = openBox()
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

describe('an onSendFailed that throws', () => {
  it('loses no message: it waits in its chat (row 94)', async () => {
    const uncaught = vi.fn()
    process.on('uncaughtException', uncaught)
    const { submit } = openBox({
      onSendFailed: () => {
        throw new Error('of the host')
      },
    })
    const { fail } = submit('one')
    write('two')
    await fail()
    putBack()
    process.off('uncaughtException', uncaught)
    expect(field()).toHaveValue('one\ntwo')
    expect(uncaught).toHaveBeenCalledOnce()
  })
})

describe('another box on the chat of a failed message', () => {
  it('gets it, rather than the onSendFailed of a box that is gone (row 94)', async () => {
    const gone = vi.fn()
    const { submit, change } = openBox({ onSendFailed: gone })
    const { fail } = submit('one')
    const now = vi.fn()
    change({ key: 'another', onSendFailed: now })
    await fail()
    putBack()
    expect(field()).toHaveValue('one')
    expect(gone).not.toHaveBeenCalled()
  })
})

describe('two boxes on one chat', () => {
  it('both show that a message is on its way, and that it was not sent; one of them takes it back', async () => {
    const sending = held()
    const page = linqPage()
    const chatId = page.linq.addChat()
    const box = (label: string) => (
      <ComposeBox
        chatId={chatId}
        label={label}
        onSend={() => sending.promise}
        onSendError={() => undefined}
      />
    )
    page.show(
      <>
        {box('Message')}
        {box('Second')}
      </>,
    )
    const forms = () => [...document.querySelectorAll('form')]
    write('hello')
    press('Enter')
    write('typed on')
    for (const form of forms()) expect(form).toHaveAttribute('data-sending')
    sending.reject(new Error('no'))
    await pass(0)
    for (const form of forms()) {
      expect(form).not.toHaveAttribute('data-sending')
      expect(form).toHaveAttribute('data-failed')
    }
    fireEvent.click(screen.getAllByRole('button', { name: 'Put it back' })[1]!)
    expect(screen.getByLabelText('Second')).toHaveValue('hello')
    expect(field()).toHaveValue('typed on')
    expect(screen.queryByRole('button', { name: 'Put it back' })).toBeNull()
  })
})
