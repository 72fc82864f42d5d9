import { createEvent, fireEvent, screen } from '@testing-library/react'
import { createPortal, flushSync } from 'react-dom'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pass } from '../../linqPage.js'
import { button, field, held, openBox, press, write } from '../openBox.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('sending', () => {
  it.each<[string, () => void]>([
    ['Enter', () => press('Enter')],
    ['Ctrl+Enter', () => press('Enter', { ctrlKey: true })],
    ['the button', () => fireEvent.click(button())],
    ['submitting the form', () => fireEvent.submit(field().form!)],
  ])(
    'by %s hands over the exact text in the same tick, empties the box and ends typing (row 18, row 29, row 81)',
    async (_, send) => {
      const { onSend, calls } = openBox({}, { network: () => ({ up: 'lost' }) })
      write('  hello\n')
      expect(calls()).toEqual(['start'])
      send()
      expect(onSend.mock.calls).toEqual([['  hello\n']])
      expect(field()).toHaveValue('')
      await pass(30_000)
      expect(calls().filter((action) => action === 'start')).toHaveLength(1)
    },
  )

  it('twice in one tick sends once (row 14)', () => {
    const { onSend } = openBox()
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
    const { onSend } = openBox()
    write('hello')
    press('Enter')
    write('more')
    press('Enter', { repeat: true })
    expect(onSend).toHaveBeenCalledTimes(1)
    expect(field()).toHaveValue('more')
  })

  it.each(['', ' ', '\n', '\u200B\u00A0'])('a blank text of %j does nothing (row 57)', (text) => {
    const { onSend } = openBox()
    write(text)
    press('Enter')
    fireEvent.click(button())
    expect(onSend).not.toHaveBeenCalled()
    expect(field()).toHaveValue(text)
  })

  it('runs a thenable only once', async () => {
    const { onSend } = openBox()
    const then = vi.fn((resolve: () => void) => resolve())
    onSend.mockReturnValue({ then })
    write('hello')
    press('Enter')
    await pass(5_000)
    expect(then).toHaveBeenCalledTimes(1)
  })

  it('makes no stop when onSend closes the box', async () => {
    const { onSend, change, calls, linq } = openBox()
    onSend.mockImplementation(() => {
      flushSync(() => change({ chatId: linq.addChat() }))
    })
    write('hello')
    await pass(200)
    press('Enter')
    await pass(20_000)
    expect(calls()).toEqual(['start'])
  })

  it('still happens when onValueChange throws', async () => {
    const { onSend } = openBox({
      onValueChange: (text) => {
        if (text === '') throw new Error('the host’s own')
      },
    })
    const thrown = vi.fn((event: Event) => event.preventDefault())
    window.addEventListener('error', thrown)
    write('hello')
    press('Enter')
    window.removeEventListener('error', thrown)
    expect(onSend.mock.calls).toEqual([['hello']])
    await pass(20_000)
    expect(field().form).not.toHaveAttribute('data-sending')
  })

  it('is not triggered by the form of a dialog that a slot opens', () => {
    const dialog = createPortal(<form aria-label="search" />, document.body)
    const { onSend } = openBox({ after: dialog })
    write('not yet')
    const submit = createEvent.submit(screen.getByRole('form', { name: 'search' }))
    fireEvent(screen.getByRole('form', { name: 'search' }), submit)
    expect(submit.defaultPrevented).toBe(false)
    expect(onSend).not.toHaveBeenCalled()
    expect(field()).toHaveValue('not yet')
  })

  it('leaves the caret in the field', () => {
    openBox()
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
