import {
  createHttpFetcher,
  TypingProvider,
  useComposeBox,
  type UseComposeBoxOptions,
} from 'react-linq-typing'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { server, userEvent } from 'vitest/browser'
import { describe, expect, it, onTestFinished } from 'vitest'
import { command, compose, hasInputMethod } from './browserInput.js'

interface FieldState {
  disabled?: boolean
  readOnly?: boolean
  hidden?: boolean
}

/** A box of one's own markup, with a picker of one emoji. */
function mountPicker(options: Partial<UseComposeBoxOptions> = {}, isFocused = true) {
  const linq = createLinqEmulator({ inactive: 'shown' })
  const fetcher = createHttpFetcher({ baseUrl: 'http://linq.test/api/partner', fetch: linq.fetch })
  const chatId = linq.addChat()
  const texts: string[] = []
  const sent: string[] = []

  function Picker({ disabled, readOnly, hidden }: FieldState) {
    const box = useComposeBox({
      chatId,
      disabled,
      ...options,
      onSend: (text) => sent.push(text),
      onValueChange: (text) => texts.push(text),
    })
    return (
      <form {...box.getFormProps()}>
        <textarea {...box.getFieldProps({ readOnly, hidden })} />
        <button type="button" onClick={() => box.insertText('🎉')}>
          Party
        </button>
        <button {...box.getSendButtonProps()}>Send</button>
      </form>
    )
  }

  const host = document.body.appendChild(document.createElement('div'))
  const root = createRoot(host)
  onTestFinished(() => {
    root.unmount()
    host.remove()
  })
  const show = (state: FieldState = {}) =>
    flushSync(() =>
      root.render(
        <StrictMode>
          <TypingProvider fetcher={fetcher}>
            <Picker {...state} />
          </TypingProvider>
        </StrictMode>,
      ),
    )
  show()
  const field = host.querySelector('textarea')!
  if (isFocused) field.focus()
  return {
    field,
    texts,
    sent,
    show,
    pick: () => host.querySelector('button')!.click(),
    send: () => host.querySelectorAll('button')[1]!.click(),
    calls: () => linq.calls.map((call) => call.action),
  }
}

const undo = async () => {
  if (server.browser === 'safari') command('undo')
  else await userEvent.keyboard('{Control>}z{/Control}')
}

it('an emoji that is inserted is an edit at the caret (row 78)', async () => {
  const { field, pick, calls, texts } = mountPicker()
  pick()
  expect(field.value).toBe('🎉')
  expect(calls()).toEqual(['start'])
  await userEvent.keyboard('ab')
  field.setSelectionRange(3, 4)
  pick()
  expect(field.value).toBe('🎉a🎉')
  expect(field.selectionStart).toBe(5)
  expect(texts.at(-1)).toBe('🎉a🎉')
})

it('an emoji that is inserted is taken back by undo, and then what was typed before (row 80)', async () => {
  const { field, pick, calls } = mountPicker()
  await userEvent.keyboard('hi')
  pick()
  expect(field.value).toBe('hi🎉')
  await undo()
  expect(field.value).not.toContain('🎉')
  await undo()
  expect(field.value).toBe('')
  await expect.poll(calls).toEqual(['start', 'stop'])
})

it('the same emoji can be inserted and sent twice in a row (row 78)', () => {
  const { field, pick, send, sent } = mountPicker()
  for (let times = 0; times < 2; times++) {
    pick()
    expect(field.value).toBe('🎉')
    send()
  }
  expect(sent).toEqual(['🎉', '🎉'])
})

describe('an emoji for a field that takes none', () => {
  const elsewhere = () => {
    const search = document.body.appendChild(document.createElement('input'))
    onTestFinished(() => search.remove())
    search.focus()
    return search
  }

  it.each<[string, FieldState]>([
    ['disabled', { disabled: true }],
    ['read only', { readOnly: true }],
  ])('because it is %s is inserted nowhere (row 78)', (_, state) => {
    const { field, pick, show, calls } = mountPicker()
    show(state)
    const search = elsewhere()
    pick()
    expect([field.value, search.value]).toEqual(['', ''])
    expect(calls()).toEqual([])
  })

  it('but can’t be seen is inserted there, and not where the focus is (row 78)', () => {
    const { field, pick, show } = mountPicker()
    show({ hidden: true })
    const search = elsewhere()
    pick()
    expect([field.value, search.value]).toEqual(['🎉', ''])
  })
})

if (hasInputMethod)
  it('an emoji goes behind what the browser’s input method composes, and Enter sends both (row 65, row 78)', async () => {
    const { pick, sent } = mountPicker()
    await userEvent.keyboard('a')
    for (const step of ['ㅎ', '하']) await compose(step)
    pick()
    await userEvent.keyboard('b{Enter}')
    expect(sent).toEqual(['a하🎉b'])
  })

describe('a field that never had the focus', () => {
  it.each([
    ['a default text', { defaultValue: 'Dear Ann, ' }],
    ['a text of the host’s', { value: 'Dear Ann, ' }],
  ])('with %s has what is inserted at its end (row 112)', (_, options) => {
    const { field, pick, calls } = mountPicker(options, false)
    expect(document.activeElement).not.toBe(field)
    pick()
    expect(field.value).toBe('Dear Ann, 🎉')
    pick()
    expect(field.value).toBe('Dear Ann, 🎉🎉')
    expect(field.selectionStart).toBe(field.value.length)
    expect(calls()).toEqual(['start'])
  })

  it('and can’t be seen has it at its end too (row 112)', () => {
    const { field, pick, show } = mountPicker({ defaultValue: 'Dear Ann, ' }, false)
    show({ hidden: true })
    pick()
    expect(field.value).toBe('Dear Ann, 🎉')
  })

  it('but was once in it, has it where the caret was left, at the beginning too (row 112)', () => {
    const { field, pick } = mountPicker({ defaultValue: 'Dear Ann, ' })
    field.setSelectionRange(0, 0)
    field.blur()
    pick()
    expect(field.value).toBe('🎉Dear Ann, ')
  })
})

describe('a fieldset that is disabled', () => {
  const disable = (field: HTMLElement) => {
    const fieldset = document.createElement('fieldset')
    const host = field.closest('form')!.parentElement!
    host.replaceWith(fieldset)
    fieldset.append(host)
    onTestFinished(() => fieldset.remove())
    field.focus()
    fieldset.disabled = true
    return fieldset
  }

  it('ends the bubble, and nothing is inserted or sent (row 107)', async () => {
    const { field, pick, send, sent, calls } = mountPicker()
    await userEvent.keyboard('hi')
    expect(calls()).toEqual(['start'])
    const fieldset = disable(field)
    await expect.poll(calls).toEqual(['start', 'stop'])
    pick()
    send()
    expect(field.value).toBe('hi')
    expect(sent).toEqual([])
    fieldset.disabled = false
    pick()
    expect(field.value).toBe('hi🎉')
  })
})
