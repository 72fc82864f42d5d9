import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import {
  ComposeBox,
  type ComposeBoxControls,
  useComposeBox,
  type UseComposeBoxOptions,
} from 'react-linq-typing'
import { createRef, memo, type ReactElement, type ReactNode, Suspense } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { linqPage } from '../linqPage.js'

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox')
const write = (text: string) => fireEvent.input(field(), { target: { value: text } })

function openMarkup(
  markup: (box: ComposeBoxControls) => ReactNode,
  options: Partial<UseComposeBoxOptions> = {},
  around: (page: ReactElement, isHidden: boolean) => ReactElement = (page) => page,
) {
  const page = linqPage()
  const chatId = page.linq.addChat()
  const onSend = vi.fn()
  const onRender = vi.fn()
  const latest: { box?: ComposeBoxControls } = {}
  function Markup() {
    const box = useComposeBox({
      chatId,
      onSend: (text) => onSend(text) as unknown,
      onSendError: () => undefined,
      ...options,
    })
    onRender()
    latest.box = box
    return markup(box)
  }
  const view = page.show(around(<Markup />, false))
  return {
    ...page,
    onSend,
    onRender,
    box: () => latest.box!,
    again: (isHidden = false) => view.show(around(<Markup />, isHidden)),
  }
}

describe('what code writes while Suspense hides the box', () => {
  const wait = new Promise<void>(() => {})
  function Waits(): ReactNode {
    // React 18 has no `use`.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw wait
  }

  /** A box that is hidden, written in, and shown again. */
  async function writeWhileHidden(
    options: Partial<UseComposeBoxOptions>,
    typed: string,
    code: (box: ComposeBoxControls) => void,
  ) {
    const { box, again } = openMarkup(
      (it) => <textarea {...it.getFieldProps()} />,
      options,
      (page, isHidden) => (
        <Suspense fallback="…">
          {isHidden && <Waits />}
          {page}
        </Suspense>
      ),
    )
    if (typed !== '') write(typed)
    again(true)
    await act(() => Promise.resolve())
    act(() => code(box()))
    again(false)
    await act(() => Promise.resolve())
    return field().value
  }

  it.each([
    ['without a text', '', '', 'written'],
    ['with a first text', 'Hi', '', 'Hi\nwritten'],
    ['with a text by hand', '', 'by hand', 'by hand\nwritten'],
  ])('is in a box %s when it shows again (row 78)', async (_, defaultValue, typed, text) => {
    expect(await writeWhileHidden({ defaultValue }, typed, ({ setText }) => setText('written'))).toBe(text)
    cleanup()
    expect(await writeWhileHidden({ defaultValue }, typed, ({ insertText }) => insertText('written'))).toBe(
      text,
    )
  })

  it.each([
    ['a first text', 'Hi', ''],
    ['a text by hand', '', 'by hand'],
  ])('replaces %s in a box without a chat (row 78)', async (_, defaultValue, typed) => {
    const options = { chatId: null, defaultValue }
    expect(await writeWhileHidden(options, typed, ({ setText }) => setText('written'))).toBe('written')
  })
})

describe('markup of one’s own', () => {
  it('keeps the height it gave its field, however long the text becomes (row 98)', () => {
    openMarkup((box) => <textarea {...box.getFieldProps({ style: { height: 160 } })} />)
    write('x'.repeat(20_001))
    expect(field().style.height).toBe('160px')
    write('short')
    expect(field().style.height).toBe('160px')
  })

  it('sends by Enter, both buttons and send() (row 18)', () => {
    const { onSend, box } = openMarkup((it) => (
      <form {...it.getFormProps({ 'aria-label': 'box' })}>
        <textarea {...it.getFieldProps()} />
        <button {...it.getSendButtonProps()}>Go</button>
        <button>Submit</button>
      </form>
    ))
    const ways = [
      () => fireEvent.keyDown(field(), { key: 'Enter' }),
      () => fireEvent.click(screen.getByRole('button', { name: 'Go' })),
      () => fireEvent.click(screen.getByRole('button', { name: 'Submit' })),
      () => act(() => box().send()),
    ]
    ways.forEach((send, way) => {
      write(`message ${way}`)
      send()
      expect(onSend).toHaveBeenLastCalledWith(`message ${way}`)
      expect(field()).toHaveValue('')
    })
    expect(onSend).toHaveBeenCalledTimes(ways.length)
  })

  it('runs its own handlers first, and they can prevent ours', () => {
    const order: string[] = []
    const note =
      (name: string, isPrevented = false) =>
      (event: { preventDefault: () => void }) => {
        order.push(name)
        if (isPrevented) event.preventDefault()
      }
    let isPrevented = true
    const { onSend } = openMarkup((it) => (
      <form
        {...it.getFormProps({ 'aria-label': 'box', onSubmit: (event) => note('submit', isPrevented)(event) })}
      >
        <textarea {...it.getFieldProps({ onKeyDown: (event) => note('key', isPrevented)(event) })} />
        <button {...it.getSendButtonProps({ onClick: (event) => note('click', isPrevented)(event) })}>
          Go
        </button>
      </form>
    ))
    onSend.mockImplementation(() => order.push('sent'))
    const all = () => {
      write('hello')
      fireEvent.keyDown(field(), { key: 'Enter' })
      write('hello')
      fireEvent.click(screen.getByRole('button'))
      write('hello')
      fireEvent.submit(screen.getByRole('form'))
    }
    all()
    expect(order).toEqual(['key', 'click', 'submit'])
    isPrevented = false
    order.length = 0
    all()
    expect(order).toEqual(['key', 'sent', 'click', 'sent', 'submit', 'sent'])
  })

  it('keeps its own ref, description and name', () => {
    const ref = createRef<HTMLTextAreaElement>()
    const seen: (HTMLTextAreaElement | null)[] = []
    openMarkup((it) => (
      <>
        <textarea {...it.getFieldProps({ ref, 'aria-describedby': 'hint', 'aria-label': 'Text' })} />
        <p id="hint">Be kind</p>
        <div {...it.getErrorProps()} />
        <span {...it.getCounterProps()} />
        <input ref={(element) => void seen.push(element as never)} aria-label="other" type="checkbox" />
      </>
    ))
    expect(ref.current).toBe(field())
    expect(field()).toHaveAccessibleDescription(/^Be kind\s*$/)
    expect(field()).toHaveAccessibleName('Text')
  })

  it('may name and disable its parts', () => {
    openMarkup((it) => (
      <>
        <label htmlFor="own">Text</label>
        <textarea {...it.getFieldProps({ id: 'own', disabled: true })} />
        <button {...it.getSendButtonProps({ disabled: true })}>Go</button>
      </>
    ))
    expect(field()).toHaveAccessibleName('Text')
    expect(field()).toBeDisabled()
    expect(screen.getByRole('button')).toBeDisabled()
  })

  it('calls a ref of constant identity only once', () => {
    const calls: string[] = []
    const ref = (element: HTMLTextAreaElement | null) => void calls.push(element === null ? 'gone' : 'here')
    openMarkup((it) => (
      <>
        <textarea {...it.getFieldProps({ ref })} />
        <p>{it.text}</p>
      </>
    ))
    const mounted = calls.length
    write('a')
    write('ab')
    expect(screen.getByText('ab', { selector: 'p' })).toBeVisible()
    expect(calls).toHaveLength(mounted)
  })

  it('keeps a composition although its ref changes with each render (row 77)', () => {
    const options = { value: '', onValueChange: (text: string) => change(text.toUpperCase()) }
    const { again } = openMarkup((it) => {
      const { ref, ...props } = it.getFieldProps()
      // As libraries do that clone their child, a tooltip or a list of mentions.
      const joined = (element: HTMLTextAreaElement | null) => {
        if (typeof ref === 'function') ref(element)
      }
      return <textarea {...props} ref={joined} />
    }, options)
    const change = (value: string) => {
      options.value = value
      again()
    }
    field().focus()
    fireEvent.compositionStart(field())
    for (const text of ['k', 'ka']) {
      write(text)
      expect(field()).toHaveValue(text)
    }
    fireEvent.compositionEnd(field(), { data: 'ka' })
    expect(field()).toHaveValue('KA')
  })

  it('renders with each key only if it reads the text (row 9)', () => {
    const plain = openMarkup((it) => <textarea {...it.getFieldProps()} />)
    write('a')
    const before = plain.onRender.mock.calls.length
    for (let key = 0; key < 50; key++) write('a'.repeat(key + 2))
    expect(plain.onRender.mock.calls.length - before).toBeLessThanOrEqual(2)
  })

  it('shows the text wherever it is read, in children too', () => {
    const Child = memo(function Child({ box }: { box: ComposeBoxControls }) {
      return <p>{box.text === '' ? 'nothing' : box.text}</p>
    })
    const { box } = openMarkup((it) => (
      <>
        <textarea {...it.getFieldProps()} />
        <Child box={it} />
      </>
    ))
    expect(screen.getByText('nothing')).toBeVisible()
    for (const text of ['h', 'he', 'hey', '']) {
      write(text)
      expect(screen.getByRole('paragraph')).toHaveTextContent(text === '' ? 'nothing' : text)
      expect(box().text).toBe(text)
    }
  })

  it('writes with setText, which is no edit, and with insertText, which is one (row 78)', () => {
    const { box, calls } = openMarkup((it) => <textarea {...it.getFieldProps()} />)
    act(() => box().setText('Hello world'))
    expect(field()).toHaveValue('Hello world')
    expect(box().isBlank).toBe(false)
    expect(calls()).toEqual([])
    field().setSelectionRange(5, 5)
    act(() => box().insertText(', dear'))
    expect(field()).toHaveValue('Hello, dear world')
    expect(field().selectionStart).toBe(11)
    expect(calls()).toEqual(['start'])
    act(() => box().setText(''))
    expect(box().isBlank).toBe(true)
    act(() => box().insertText('👍'))
    act(() => box().send())
    act(() => box().insertText('👍'))
    expect(field()).toHaveValue('👍')
  })

  it('keeps its text when the field is mounted again', () => {
    let name = 'narrow'
    const { box, again } = openMarkup(
      (it) => <textarea key={name} {...it.getFieldProps({ 'aria-label': name })} />,
      { defaultValue: 'Dear all' },
    )
    write('Dear Ann')
    name = 'wide'
    again()
    expect(screen.getByLabelText('wide')).toHaveValue('Dear Ann')
    act(() => box().send())
    name = 'narrow'
    again()
    expect(field()).toHaveValue('')
  })

  it('knows its first text before there is a field', () => {
    const { box } = openMarkup((it) => <p>{it.text}</p>, { defaultValue: 'Dear all' })
    expect(screen.getByText('Dear all')).toBeVisible()
    expect(box().isBlank).toBe(false)
  })

  it('has isSending, isFailed and sendError for its messages', async () => {
    const { box, onSend } = openMarkup((it) => <textarea {...it.getFieldProps()} />)
    let reject: (error: Error) => void = () => {}
    onSend.mockReturnValue(new Promise((_, no) => (reject = no)))
    write('hello')
    act(() => box().send())
    expect(box()).toMatchObject({ isSending: true, isFailed: false, isBlank: true, sendError: undefined })
    const error = new Error('no')
    await act(() => {
      reject(error)
      return Promise.resolve()
    })
    expect(box()).toMatchObject({ isSending: false, isFailed: true, isBlank: false, sendError: error })
  })

  it('clears isFailed when the host empties the text', async () => {
    const { box, onSend } = openMarkup((it) => <textarea {...it.getFieldProps()} />)
    onSend.mockRejectedValue(new Error('no'))
    write('hello')
    await act(async () => {
      box().send()
      await Promise.resolve()
    })
    expect(box().isFailed).toBe(true)
    act(() => box().setText(''))
    expect(box()).toMatchObject({ isFailed: false, sendError: undefined })
  })

  it('has the sendError of its chat, even if the chat was switched meanwhile', async () => {
    const options = { chatId: 'one' }
    const { box, onSend, again } = openMarkup((it) => <textarea {...it.getFieldProps()} />, options)
    const error = new Error('no')
    let reject: (error: Error) => void = () => {}
    onSend.mockReturnValue(new Promise((_, no) => (reject = no)))
    write('hello')
    act(() => box().send())
    options.chatId = 'two'
    again()
    await act(() => {
      reject(error)
      return Promise.resolve()
    })
    expect(box()).toMatchObject({ isFailed: false, sendError: undefined })
    options.chatId = 'one'
    again()
    expect(field()).toHaveValue('hello')
    expect(box()).toMatchObject({ isFailed: true, sendError: error })
  })

  it('keeps its functions, and its result until something changes (row 41)', () => {
    const { box, onRender } = openMarkup((it) => <textarea {...it.getFieldProps()} />)
    const { send, setText, insertText, putBack } = box()
    write('a')
    const result = box()
    const renders = onRender.mock.calls.length
    write('ab')
    expect(onRender.mock.calls.length).toBeLessThanOrEqual(renders + 1)
    expect(box()).toMatchObject({ send, setText, insertText, putBack })
    expect(box()).toBe(result)
  })

  it('without a provider says what is missing', () => {
    const silence = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    function Lost() {
      return <textarea {...useComposeBox({ chatId: 'a', onSend: () => undefined }).getFieldProps()} />
    }
    expect(() => render(<Lost />)).toThrow(/useComposeBox found no <TypingProvider> above it/)
    silence.mockRestore()
  })
})

it('a callback ref may return its element', () => {
  let mine: HTMLTextAreaElement | null = null
  const page = linqPage()
  const box = (label: string) => (
    <ComposeBox
      chatId={null}
      label={label}
      onSend={() => undefined}
      ref={(element) => (mine = element) as never}
    />
  )
  const view = page.show(box('One'))
  expect(mine).toBe(screen.getByLabelText('One'))
  view.show(box('Two'))
  expect(mine).toBe(screen.getByLabelText('Two'))
  view.unmount()
  expect(mine).toBeNull()
})
