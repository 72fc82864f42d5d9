import { act, fireEvent, screen } from '@testing-library/react'
import { ComposeBox } from 'react-linq-typing'
import { type ReactElement, useState } from 'react'
import { flushSync } from 'react-dom'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linqPage, pass } from '../../linqPage.js'
import { button, field, openBox, press, write } from '../openBox.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

const typeOn = (text: string) => write(field().value + text)

/** A host that keeps the text, and changes it as it likes. */
function hostBox(change: (text: string, set: (text: string) => void) => void, initial = '') {
  const page = linqPage()
  const chatId = page.linq.addChat()
  const onSend = vi.fn()
  let set: (text: string) => void = () => {}
  function Host() {
    const [value, setValue] = useState(initial)
    set = setValue
    return (
      <>
        <ComposeBox
          chatId={chatId}
          onSend={(text) => onSend(text) as unknown}
          onSendError={() => undefined}
          value={value}
          onValueChange={(text) => change(text, setValue)}
        />
        <output aria-label="kept">{value}</output>
      </>
    )
  }
  page.show(<Host />)
  return {
    ...page,
    onSend,
    set: (text: string) => act(() => set(text)),
    value: () => screen.getByLabelText('kept').textContent,
  }
}

describe('a text that the host keeps (value)', () => {
  it('reaches onValueChange even if isTypingText throws, and can be sent', async () => {
    const uncaught = vi.fn()
    process.on('uncaughtException', uncaught)
    const onValueChange = vi.fn()
    openBox({
      onValueChange,
      isTypingText: () => {
        throw new Error('of the host')
      },
    })
    write('hello')
    await pass(0)
    process.off('uncaughtException', uncaught)
    expect(onValueChange.mock.calls).toEqual([['hello']])
    expect(button()).not.toHaveAttribute('aria-disabled', 'true')
    expect(uncaught).toHaveBeenCalledTimes(1)
  })

  it('is what the box shows, and the host hears of each change', () => {
    const { set, value, onSend } = hostBox((text, setValue) => setValue(text), 'from the host')
    expect(field()).toHaveValue('from the host')
    write('edited')
    expect(value()).toBe('edited')
    set('set')
    expect(field()).toHaveValue('set')
    press('Enter')
    expect(onSend.mock.calls).toEqual([['set']])
    expect(value()).toBe('')
    expect(field()).toHaveValue('')
  })

  it('may have Windows line ends, which are no edit', async () => {
    const onValueChange = vi.fn()
    const { linq, change } = openBox({ value: 'one\r\ntwo', onValueChange })
    change({ value: 'two\r\nthree' })
    await pass(0)
    expect(field()).toHaveValue('two\nthree')
    change({ value: 'two\r\nthree', label: 'Message' })
    expect(onValueChange).not.toHaveBeenCalled()
    expect(linq.calls).toEqual([])
  })

  it('may be changed by the host, with the caret where it was (row 79)', () => {
    hostBox((text, setValue) => setValue(text.toUpperCase()))
    field().focus()
    write('hello')
    field().setSelectionRange(2, 2)
    fireEvent.input(field(), { target: { value: 'hexllo' } })
    expect(field()).toHaveValue('HEXLLO')
  })

  it('loses no keystroke when the host updates value late (row 79)', async () => {
    const { value } = hostBox((text, setValue) => setTimeout(() => setValue(text), 300))
    for (const key of 'quick brown fox') {
      typeOn(key)
      await pass(100)
    }
    expect(field()).toHaveValue('quick brown fox')
    await pass(1_000)
    expect(field()).toHaveValue('quick brown fox')
    expect(value()).toBe('quick brown fox')
  })

  it('loses no keystroke when the host updates value late and the same text comes twice (row 79)', async () => {
    const { value } = hostBox((text, setValue) => setTimeout(() => setValue(text), 300))
    for (const text of ['h', 'he', 'hel', 'helo', 'hel', 'hell', 'hello']) {
      write(text)
      await pass(100)
      expect(field()).toHaveValue(text)
    }
    await pass(1_000)
    expect(field()).toHaveValue('hello')
    expect(value()).toBe('hello')
  })

  it('can be set to a text that the host’s late updates skipped, a second later', async () => {
    let timer: ReturnType<typeof setTimeout>
    const { set } = hostBox((text, setValue) => {
      clearTimeout(timer)
      timer = setTimeout(() => setValue(text), 300)
    })
    for (const text of ['hel', 'helo', 'hel']) write(text)
    await pass(300)
    await pass(1_000)
    set('helo')
    expect(field()).toHaveValue('helo')
  })

  it('can be set to a text that was sent before the host kept it, ten seconds later', async () => {
    let timer: ReturnType<typeof setTimeout>
    const { set } = hostBox((text, setValue) => {
      clearTimeout(timer)
      timer = setTimeout(() => setValue(text), 300)
    })
    write('ok')
    press('Enter')
    await pass(10_000)
    write('x')
    press('Enter')
    await pass(300)
    set('ok')
    expect(field()).toHaveValue('ok')
  })

  it('loses no keystroke when the host updates value seconds late (row 79)', async () => {
    hostBox((text, setValue) => setTimeout(() => setValue(text), 8_000))
    for (const key of 'fox') typeOn(key)
    await pass(8_000)
    expect(field()).toHaveValue('fox')
  })

  it.each([null, undefined])('can be set again after it was sent and then %s', (none) => {
    const { change } = openBox({ value: 'hello', onValueChange: () => undefined })
    press('Enter')
    change({ value: none })
    expect(field()).toHaveValue('')
    change({ value: 'hello' })
    expect(field()).toHaveValue('hello')
  })

  it('is what was typed while the host had none yet, if the first that it gives is empty', () => {
    const { change } = openBox({ value: undefined, onValueChange: () => undefined })
    write('typed while it loads')
    change({ value: '' })
    expect(field()).toHaveValue('typed while it loads')
  })

  it('is what was typed in another chat whose value is late, if that is empty', () => {
    const { change, linq } = openBox({ value: 'Hi', onValueChange: () => undefined })
    const chatId = linq.addChat()
    change({ chatId, value: undefined })
    write('typed while it loads')
    change({ chatId, value: '' })
    expect(field()).toHaveValue('typed while it loads')
  })

  it('may come late in another chat, and be the same as in the first', () => {
    const { change, linq } = openBox({ value: 'Hi', onValueChange: () => undefined })
    const chatId = linq.addChat()
    change({ chatId, value: undefined })
    expect(field()).toHaveValue('')
    change({ chatId, value: 'Hi' })
    expect(field()).toHaveValue('Hi')
  })

  it('stays sent when late updates of value come after the send (row 79)', async () => {
    hostBox((text, setValue) => setTimeout(() => setValue(text), 300))
    for (const key of 'fox') typeOn(key)
    press('Enter')
    await pass(1_000)
    expect(field()).toHaveValue('')
  })

  it('keeps its caret when the host updates value late (row 79)', async () => {
    hostBox((text, setValue) => setTimeout(() => setValue(text), 300))
    field().focus()
    write('helo')
    field().setSelectionRange(2, 2)
    field().setRangeText('l', 2, 2, 'end')
    fireEvent.input(field())
    await pass(1_000)
    expect(field()).toHaveValue('hello')
    expect(field().selectionStart).toBe(3)
  })

  it('that the host empties ends typing', async () => {
    const { set, calls } = hostBox((text, setValue) => setValue(text))
    write('hello')
    await pass(200)
    set('')
    await pass(200)
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('that the host writes is not typing (row 12)', async () => {
    const { set, calls } = hostBox((text, setValue) => setValue(text))
    for (let turn = 0; turn < 10; turn++) set(`template ${turn}`)
    await pass(20_000)
    expect(calls()).toEqual([])
  })

  it('is given back to the host when its sending fails', async () => {
    const { value, onSend } = hostBox((text, setValue) => setValue(text))
    onSend.mockRejectedValue(new Error('no'))
    write('hello')
    press('Enter')
    expect(value()).toBe('')
    await pass(0)
    expect(value()).toBe('hello')
    expect(field()).toHaveValue('hello')
  })

  it('was sent in its chat, even if the host shows another one as soon as it is told', async () => {
    const page = linqPage()
    const [first, second] = [page.linq.addChat(), page.linq.addChat()]
    function Host() {
      const [chat, setChat] = useState(first)
      return (
        <ComposeBox
          chatId={chat}
          onSend={() => undefined}
          onValueChange={(text) => text === '' && flushSync(() => setChat(second))}
        />
      )
    }
    page.show(<Host />)
    write('hello')
    await pass(200)
    press('Enter')
    await pass(20_000)
    // A message clears the bubble by itself: it would be stopped if the message were taken for one of the other chat.
    expect(page.calls(first)).toEqual(['start'])
  })

  it('has no drafts: each chat shows what the host says', () => {
    const { change, chatId, linq } = openBox({ value: 'first' })
    change({ chatId: linq.addChat(), value: 'second' })
    expect(field()).toHaveValue('second')
    change({ chatId, value: '' })
    expect(field()).toHaveValue('')
  })
})

describe('a text that the box keeps', () => {
  it('begins with the default value, which is not typing (row 12)', async () => {
    const { calls } = openBox({ defaultValue: 'Dear all' })
    expect(field()).toHaveValue('Dear all')
    expect(button()).toHaveAttribute('aria-disabled', 'false')
    await pass(20_000)
    expect(calls()).toEqual([])
  })

  it('calls onValueChange whatever changed it', () => {
    const onValueChange = vi.fn()
    const { change, chatId, linq } = openBox({ onValueChange })
    write('a draft')
    change({ chatId: linq.addChat() })
    change({ chatId })
    press('Enter')
    expect(onValueChange.mock.calls).toEqual([['a draft'], [''], ['a draft'], ['']])
  })

  it('updates the box even if onValueChange throws', () => {
    const thrown = vi.fn((event: Event) => event.preventDefault())
    window.addEventListener('error', thrown)
    openBox({
      onValueChange: () => {
        throw new Error('the host’s own')
      },
    })
    write('hello')
    window.removeEventListener('error', thrown)
    expect(thrown).toHaveBeenCalledTimes(1)
    expect(button()).toHaveAttribute('aria-disabled', 'false')
  })

  it('is read from the field at the send, even without an input event (row 78)', () => {
    const { onSend } = openBox()
    field().value = 'from an extension'
    fireEvent.click(button())
    expect(onSend.mock.calls).toEqual([['from an extension']])
  })

  it('is noticed from an input event that does not bubble (row 78)', () => {
    const { calls } = openBox()
    field().value = 'from a password manager'
    fireEvent(field(), new Event('input', { bubbles: false }))
    expect(calls()).toEqual(['start'])
    expect(button()).toHaveAttribute('aria-disabled', 'false')
  })

  it('is not edited by an input event that changes nothing (row 55)', () => {
    const { calls } = openBox({ defaultValue: 'hello' })
    fireEvent(field(), new Event('input', { bubbles: true }))
    expect(calls()).toEqual([])
  })

  it.each([' ', '\n', '\u200B', '\uFEFF', '\u00A0', '\u3000', '\u200D'])(
    'of %j is blank: nothing is sent, and a bubble ends (row 57)',
    async (blank) => {
      const { calls, onSend } = openBox()
      write(blank)
      press('Enter')
      expect(calls()).toEqual([])
      write('x')
      await pass(200)
      write(blank)
      await pass(200)
      fireEvent.click(button())
      expect(calls()).toEqual(['start', 'stop'])
      expect(onSend).not.toHaveBeenCalled()
    },
  )

  it('outlives the loss of the focus, and so does its bubble (row 58)', async () => {
    const { calls } = openBox()
    field().focus()
    write('hello')
    field().blur()
    await pass(9_000)
    expect(calls()).toEqual(['start'])
    await pass(2_000)
    expect(calls()).toEqual(['start', 'stop'])
  })
})

describe('a form of the host around the box', () => {
  it('that is reset, as React does after its action, leaves the text (row 73)', async () => {
    const page = linqPage()
    const chatId = page.linq.addChat()
    page.show(
      <form aria-label="host">
        <ComposeBox as="div" chatId={chatId} onSend={() => undefined} />
      </form>,
    )
    write('kept')
    screen.getByRole<HTMLFormElement>('form', { name: 'host' }).reset()
    expect(field()).toHaveValue('')
    await pass(0)
    expect(field()).toHaveValue('kept')
    expect(page.calls()).toEqual(['start'])
  })

  const openForm = (Box: () => ReactElement) => {
    const page = linqPage()
    page.show(
      <form aria-label="host">
        <Box />
      </form>,
    )
    return screen.getByRole<HTMLFormElement>('form', { name: 'host' })
  }

  const openPlainForm = () => openForm(() => <ComposeBox as="div" chatId={null} onSend={() => undefined} />)

  it.each(['before', 'after'])(
    'that is reset doesn’t bring back a value that the host clears %s the reset (row 73)',
    async (order) => {
      let set: (text: string) => void = () => undefined
      const form = openForm(function Host() {
        const [value, setValue] = useState('')
        set = setValue
        return (
          <ComposeBox
            as="div"
            chatId={null}
            value={value}
            onValueChange={setValue}
            onSend={() => undefined}
          />
        )
      })
      write('hello')
      act(() => {
        if (order === 'after') form.reset()
        flushSync(() => set(''))
        if (order === 'before') form.reset()
      })
      await pass(0)
      expect(field()).toHaveValue('')
    },
  )

  it('that is reset and then filled in by a script keeps what the script wrote (row 73)', async () => {
    const form = openPlainForm()
    write('hello')
    form.reset()
    field().value = 'template'
    await pass(0)
    expect(field()).toHaveValue('template')
  })

  it('that is reset by a script which then focuses the field leaves the text (row 73)', async () => {
    const form = openPlainForm()
    write('kept')
    form.reset()
    field().focus()
    await pass(0)
    expect(field()).toHaveValue('kept')
  })

  it('that is reset brings back nothing that is deleted in the same moment (row 73)', async () => {
    const form = openPlainForm()
    write('hello')
    form.reset()
    await Promise.resolve()
    expect(field()).toHaveValue('hello')
    write('')
    await pass(0)
    expect(field()).toHaveValue('')
  })

  it('is not submitted by the box (row 73)', () => {
    const page = linqPage()
    const onSubmit = vi.fn((event: { preventDefault: () => void }) => event.preventDefault())
    const onSend = vi.fn()
    page.show(
      <form onSubmit={onSubmit}>
        <ComposeBox as="div" chatId={page.linq.addChat()} onSend={onSend} />
      </form>,
    )
    write('hello')
    fireEvent.click(button())
    write('hello again')
    press('Enter')
    expect(onSend).toHaveBeenCalledTimes(2)
    expect(onSubmit).not.toHaveBeenCalled()
  })
})

describe('a box that is disabled', () => {
  it('while someone writes ends their bubble', async () => {
    const { calls, change } = openBox()
    write('hello')
    await pass(200)
    change({ disabled: true })
    await pass(200)
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('while a message is on its way makes no stop: the message clears the bubble', async () => {
    const { calls, change, onSend } = openBox()
    onSend.mockImplementation(() => new Promise((resolve) => setTimeout(resolve, 300)))
    write('hello')
    await pass(200)
    press('Enter')
    change({ disabled: true })
    await pass(300)
    change({ disabled: false })
    await pass(20_000)
    expect(calls()).toEqual(['start'])
  })
})

describe('a private note', () => {
  it('announces nothing, and clears no bubble of the chat (row 50)', async () => {
    const page = linqPage()
    const chatId = page.linq.addChat()
    page.show(
      <>
        <ComposeBox chatId={chatId} onSend={() => undefined} />
        <ComposeBox chatId={chatId} label="Note" announceTyping={false} onSend={() => undefined} />
      </>,
    )
    const note = screen.getByRole('textbox', { name: 'Note' })
    fireEvent.input(note, { target: { value: 'for us alone' } })
    await pass(200)
    expect(page.calls()).toEqual([])
    write('for them')
    await pass(200)
    fireEvent.keyDown(note, { key: 'Enter' })
    expect(note).toHaveValue('')
    await pass(20_000)
    // The stop of the message that was given up, not held back by the note.
    expect(page.calls()).toEqual(['start', 'stop'])
  })
})
