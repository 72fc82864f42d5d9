import { fireEvent, screen } from '@testing-library/react'
import { ComposeBox, type ComposeBoxProps } from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linqPage, pass } from '../../linqPage.js'
import { field, openBox, press, write } from '../openBox.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

const note = { announceTyping: false }
const reply = { announceTyping: true }

describe('a box for private notes beside the reply box of its chat', () => {
  function openBoth() {
    const page = linqPage()
    const chatId = page.linq.addChat()
    const box = (label: string, props: Partial<ComposeBoxProps>) => (
      <ComposeBox key={label} chatId={chatId} label={label} onSend={() => undefined} {...props} />
    )
    const boxes = { Reply: box('Reply', reply), Note: box('Note', note) }
    const view = page.show(<p />)
    return {
      show: (...names: (keyof typeof boxes)[]) => view.show(<>{names.map((name) => boxes[name])}</>),
      text: (label: string) => screen.getByLabelText<HTMLTextAreaElement>(label).value,
      write: (label: string, value: string) =>
        fireEvent.input(screen.getByLabelText(label), { target: { value } }),
    }
  }

  it('has its own draft (row 105)', () => {
    const { show, text, write } = openBoth()
    show('Reply', 'Note')
    write('Reply', 'for them')
    write('Note', 'for us alone')
    show()
    show('Note', 'Reply')
    expect([text('Reply'), text('Note')]).toEqual(['for them', 'for us alone'])
  })

  it.each([['Reply', 'Note'] as const, ['Note', 'Reply'] as const])(
    'keeps drafts apart: a draft of the %s never shows in the %s (row 105)',
    (closed, other) => {
      const { show, text, write } = openBoth()
      show(closed)
      write(closed, 'not for others')
      show()
      show(other)
      expect(text(other)).toBe('')
      show(closed)
      expect(text(closed)).toBe('not for others')
    },
  )
})

describe('a box that switches between reply and note', () => {
  it('keeps its text and caret both ways (row 105)', () => {
    const { change } = openBox(reply)
    field().focus()
    write('hello')
    field().setSelectionRange(2, 2)
    for (const mode of [note, reply, note]) {
      change(mode)
      expect(field()).toHaveValue('hello')
      expect(field().selectionStart).toBe(2)
    }
  })

  it('takes its text along, so that it shows nowhere else (row 105)', () => {
    const { change, linq } = openBox(reply)
    write('hello')
    change(note)
    change({ ...note, chatId: linq.addChat() })
    change({ ...reply, key: 'the reply box' })
    expect(field()).toHaveValue('')
    change({ ...note, key: 'the note box' })
    expect(field()).toHaveValue('hello')
  })

  it('and to another chat at once leaves its text where it was written (row 105)', () => {
    const { change, linq } = openBox(reply)
    write('hello')
    const other = linq.addChat()
    change({ ...note, chatId: other })
    expect(field()).toHaveValue('')
    change(note)
    expect(field()).toHaveValue('')
    change(reply)
    expect(field()).toHaveValue('hello')
  })

  it('restores a kept draft only once the box is empty (row 105)', () => {
    const { change, linq } = openBox(note)
    write('for us alone')
    change({ ...reply, chatId: linq.addChat() })
    change(reply)
    write('for them')
    change(note)
    change(reply)
    expect(field()).toHaveValue('for them')
    press('Enter')
    change(note)
    expect(field()).toHaveValue('for us alone')
  })

  it('never shows a failed reply as a note (row 105)', async () => {
    const { change, submit } = openBox(reply)
    const { fail } = submit('for them')
    change(note)
    await fail()
    expect(field()).toHaveValue('')
    expect(screen.queryByText(/not sent/)).toBeNull()
    change(reply)
    expect(field()).toHaveValue('for them')
    expect(screen.getByText(/not sent/)).toBeVisible()
  })

  it('takes a failed text along, together with its warning (row 105)', async () => {
    const { change, onSend } = openBox(reply)
    onSend.mockRejectedValueOnce(new Error('no'))
    write('hello')
    press('Enter')
    await pass(0)
    change(note)
    expect(field()).toHaveValue('hello')
    expect(screen.getByText(/not sent/)).toBeVisible()
    press('Enter')
    await pass(0)
    change(reply)
    expect(screen.queryByText(/not sent/)).toBeNull()
  })

  it('never shows a failed reply as a note without a chat either (row 105)', async () => {
    const { change, submit, chatId } = openBox({ ...reply, chatId: null })
    const { fail } = submit('for them')
    change({ ...note, chatId: null })
    await fail()
    expect(field()).toHaveValue('')
    change({ ...note, chatId })
    expect(field()).toHaveValue('')
    change({ ...reply, chatId })
    expect(field()).toHaveValue('for them')
  })

  it('begins as a note with its default text', () => {
    openBox({ ...note, chatId: null, defaultValue: 'Dear team' })
    expect(field()).toHaveValue('Dear team')
  })
})
