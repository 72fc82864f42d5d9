import { cleanup, fireEvent, screen } from '@testing-library/react'
import { useTypingIndicator } from 'react-linq-typing'
import { createPortal } from 'react-dom'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linqPage, pass } from './linqPage.js'
import { Field, field, renders, typing, write } from './typedField.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  // What an unmount still sends must not travel by real timers into the next test.
  cleanup()
  vi.useRealTimers()
})

describe('an edit in the field', () => {
  it('starts in the same tick and shows the bubble one round trip later', async () => {
    const { linq, calls, show } = linqPage()
    const chatId = linq.addChat()
    show(<Field chatId={chatId} />)
    write('h')
    expect(calls()).toEqual(['start'])
    expect(typing).toMatchObject({ status: 'starting', isTyping: true, error: null })
    await pass(160)
    expect(linq.recipientSees(chatId)).toBe(true)
    expect(typing.status).toBe('active')
  })

  it('that leaves only blank text sends a stop (row 10, row 57)', async () => {
    const { linq, calls, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    write('hi')
    await pass(200)
    write(' \u200B')
    expect(calls()).toEqual(['start', 'stop'])
  })

  it.each(['a textarea', 'an editor'])(
    'in %s counts if its text is not blank (row 10, row 49, row 57)',
    async (kind) => {
      const { linq, calls, show } = linqPage()
      show(<Field chatId={linq.addChat()} isTypingText={(text) => !text.startsWith('/')} />)
      const edit = (text: string) => (kind === 'an editor' ? typing.keystroke(text) : write(text))
      edit('/help')
      edit(' \u00A0')
      await pass(200)
      expect(calls()).toEqual([])
      edit('hi')
      await pass(200)
      edit(' \u200B')
      expect(calls()).toEqual(['start', 'stop'])
    },
  )

  it('is read from the field, even if inputProps are on an element around it (row 113)', async () => {
    const { linq, calls, show } = linqPage()
    const chatId = linq.addChat()
    function Group() {
      return (
        <div {...useTypingIndicator(chatId).inputProps}>
          <textarea aria-label="Message" />
          <input type="checkbox" aria-label="Notify" />
          <div contentEditable aria-label="Editor" suppressContentEditableWarning />
        </div>
      )
    }
    show(<Group />)
    write('  ')
    fireEvent.click(screen.getByLabelText('Notify'))
    expect(calls()).toEqual([])
    write('h')
    await pass(200)
    fireEvent.click(screen.getByLabelText('Notify'))
    await pass(200)
    expect(calls()).toEqual(['start'])
    write('')
    await pass(200)
    expect(calls()).toEqual(['start', 'stop'])
    const editor = screen.getByLabelText('Editor')
    Object.defineProperty(editor, 'isContentEditable', { value: true })
    editor.textContent = 'h'
    fireEvent.input(editor)
    await pass(200)
    editor.textContent = ''
    fireEvent.input(editor)
    expect(calls()).toEqual(['start', 'stop', 'start', 'stop'])
  })

  it('counts as a native event too, and nothing that is passed to onInput throws', () => {
    const { linq, calls, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    const uncaught: unknown[] = []
    const microtasks = vi
      .spyOn(globalThis, 'queueMicrotask')
      .mockImplementation((task) => uncaught.push(task))
    for (const thing of [undefined, {}, { target: { value: 'x' } }])
      expect(() => typing.inputProps.onInput(thing as never)).not.toThrow()
    expect(uncaught).toHaveLength(3)
    microtasks.mockRestore()
    const event = new InputEvent('input', { bubbles: true })
    field().value = 'hi'
    field().addEventListener('input', (native) => typing.inputProps.onInput(native as never), { once: true })
    field().dispatchEvent(event)
    expect(calls()).toEqual(['start'])
  })

  it('in a portal does not count for the element around the field (row 113)', async () => {
    const { linq, calls, show } = linqPage()
    const chatId = linq.addChat()
    const Around = () => (
      <div {...useTypingIndicator(chatId).inputProps}>
        <textarea aria-label="Message" />
        {createPortal(<input type="search" aria-label="Emoji" />, document.body)}
      </div>
    )
    show(<Around />)
    const enter = (name: string, value: string) =>
      fireEvent.input(screen.getByLabelText(name), { target: { value } })
    enter('Emoji', 'smile')
    expect(calls()).toEqual([])
    enter('Message', 'hello')
    await pass(300)
    enter('Emoji', '')
    await pass(300)
    expect(calls()).toEqual(['start'])
  })

  it.each([
    '<img alt="😀" />',
    '<svg></svg>',
    '<canvas></canvas>',
    '<video></video>',
    '<object></object>',
    '<span contenteditable="false" class="emoji"></span>',
  ])('of an editable element counts with nothing but %s in it (row 113)', (html) => {
    const { linq, calls, show } = linqPage()
    const chatId = linq.addChat()
    const Editable = () => (
      <div {...useTypingIndicator(chatId).inputProps}>
        <p data-testid="editable" />
      </div>
    )
    show(<Editable />)
    const editable = screen.getByTestId('editable')
    // jsdom knows no editable elements.
    Object.defineProperty(editable, 'isContentEditable', { value: true })
    fireEvent.input(editable)
    expect(calls()).toEqual([])
    editable.innerHTML = html
    fireEvent.input(editable)
    expect(calls()).toEqual(['start'])
  })

  it.each([
    ['date', '2026-01-01'],
    ['time', '10:00'],
    ['datetime-local', '2026-01-01T10:00'],
    ['month', '2026-01'],
    ['week', '2026-W01'],
  ])('of a %s beside the field is no typing, and ends none (row 113)', async (type, value) => {
    const { linq, calls, show } = linqPage()
    const chatId = linq.addChat()
    const Form = () => (
      <form {...useTypingIndicator(chatId).inputProps}>
        <textarea aria-label="Message" />
        <input type={type} aria-label="Send later" />
      </form>
    )
    show(<Form />)
    fireEvent.input(screen.getByLabelText('Send later'), { target: { value } })
    expect(calls()).toEqual([])
    write('h')
    await pass(200)
    fireEvent.input(screen.getByLabelText('Send later'), { target: { value: '' } })
    await pass(200)
    expect(calls()).toEqual(['start'])
  })

  it('counts only if isTypingText says so (row 49)', async () => {
    const { linq, calls, show } = linqPage()
    show(<Field chatId={linq.addChat()} isTypingText={(text) => text !== '' && !text.startsWith('/')} />)
    write('/jo')
    expect(calls()).toEqual([])
    write('a')
    await pass(200)
    write('/a')
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('that leaves the field empty or blank is no typing, whatever isTypingText says (row 49)', async () => {
    const { linq, calls, show } = linqPage()
    show(<Field chatId={linq.addChat()} isTypingText={(text) => !text.startsWith('/')} />)
    write('   ')
    expect(calls()).toEqual([])
    write('hello')
    await pass(200)
    write('')
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('whose isTypingText throws is no typing, and the error surfaces as uncaught (row 49)', async () => {
    const { linq, calls, show } = linqPage()
    const uncaught = vi.fn()
    process.on('uncaughtException', uncaught)
    const isTypingText = (text: string) => {
      if (text.startsWith('/')) throw new Error('of the host')
      return true
    }
    show(<Field chatId={linq.addChat()} isTypingText={isTypingText} />)
    write('hello')
    await pass(200)
    expect(typing.keystroke('/hello')).toBeUndefined()
    await pass(200)
    process.off('uncaughtException', uncaught)
    expect(calls()).toEqual(['start', 'stop'])
    expect(uncaught).toHaveBeenCalledTimes(1)
  })

  it('does not re-render the component; only a change of status does (row 9)', async () => {
    const { linq, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    write('h')
    await pass(200)
    const before = renders
    for (let key = 0; key < 200; key++) {
      write('h'.repeat(key + 2))
      await pass(100)
    }
    expect(renders).toBe(before)
  })
})

describe('without an edit', () => {
  it('no call is made: by mounting, focus, blur, keys that write nothing, a new value (row 12, row 42, row 54, row 55, row 58)', async () => {
    const { linq, calls, show } = linqPage()
    const chatId = linq.addChat()
    function Controlled({ value }: { value: string }) {
      const { inputProps } = useTypingIndicator(chatId)
      return <textarea aria-label="Message" value={value} onChange={() => undefined} {...inputProps} />
    }
    const view = show(<Controlled value="a draft" />)
    for (let i = 0; i < 10; i++) view.show(<Controlled value={`draft ${i}`} />)
    for (let i = 0; i < 100; i++) {
      field().focus()
      field().blur()
    }
    for (const key of ['Shift', 'ArrowLeft', 'Escape', 'Tab', 'F5', 'Enter', 'CapsLock'])
      fireEvent.keyDown(field(), { key })
    await pass(60_000)
    expect(calls()).toEqual([])
    write('draft 9 and more')
    expect(calls()).toEqual(['start'])
  })
})
