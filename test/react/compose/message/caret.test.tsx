import { act, fireEvent } from '@testing-library/react'
import { ComposeBox, type ComposeBoxControls, useComposeBox } from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { field, openBox, press, write } from '../openBox.js'
import { linqPage, pass } from '../../linqPage.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a field that never had the focus, whose text the host loads later,', () => {
  it('has what is inserted at its end (row 112)', () => {
    const page = linqPage()
    let box!: ComposeBoxControls
    function Box({ value }: { value: string }) {
      box = useComposeBox({ chatId: null, onSend: () => undefined, onValueChange: () => undefined, value })
      return <textarea {...box.getFieldProps({ 'aria-label': 'Message' })} />
    }
    const view = page.show(<Box value="" />)
    view.show(<Box value="Dear Ann, " />)
    act(() => box.insertText('🎉'))
    expect(field()).toHaveValue('Dear Ann, 🎉')
  })

  it('has its caret at the end when it gets the focus (row 112)', () => {
    const { change } = openBox({ value: '' })
    change({ value: 'Dear Ann, ' })
    act(() => field().focus())
    expect(field().selectionStart).toBe('Dear Ann, '.length)
  })
})

describe('a caret at the end of the text', () => {
  it('of an empty field is behind a template that the host writes (row 112)', () => {
    const { change } = openBox({ value: '' })
    act(() => field().focus())
    change({ value: 'Dear Ann, ' })
    expect(field().selectionStart).toBe('Dear Ann, '.length)
  })

  it('is behind an emoji that the host appends while its picker has the focus (row 112)', () => {
    const { change } = openBox({ value: '', onValueChange: (text) => change({ value: text }) })
    act(() => field().focus())
    write('hello')
    field().setSelectionRange(5, 5)
    act(() => field().blur())
    change({ value: 'hello🎉' })
    act(() => field().focus())
    expect(field().selectionStart).toBe('hello🎉'.length)
  })

  it('stays there when a draft comes before what was written without a chat (row 112)', () => {
    const { change, chatId } = openBox()
    write('draft')
    change({ chatId: null })
    act(() => field().focus())
    write('and')
    field().setSelectionRange(3, 3)
    change({ chatId })
    expect(field()).toHaveValue('draft\nand')
    expect(field().selectionStart).toBe('draft\nand'.length)
  })
})

it('a caret inside the text stays where it is when the host appends to the text (row 112)', () => {
  const { change } = openBox({ value: 'hello' })
  act(() => field().focus())
  field().setSelectionRange(2, 2)
  change({ value: 'hello🎉' })
  expect(field().selectionStart).toBe(2)
})

it('a message that failed while another chat was shown has the caret at its end (row 99, row 112)', async () => {
  const page = linqPage()
  const [first, second] = [page.linq.addChat(), page.linq.addChat()]
  let fail: (error: Error) => void = () => undefined
  const onSend = () => new Promise((_, reject) => (fail = reject))
  const box = (chatId: string) => <ComposeBox chatId={chatId} onSend={onSend} onSendError={() => undefined} />
  const view = page.show(box(first))
  act(() => field().focus())
  fireEvent.input(field(), { target: { value: 'hello' } })
  press('Enter')
  view.show(box(second))
  fail(new Error('no'))
  await pass(0)
  view.show(box(first))
  expect(field()).toHaveValue('hello')
  expect(field().selectionStart).toBe(5)
})
