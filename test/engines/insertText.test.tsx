import { createHttpFetcher, TypingProvider, useComposeBox } from 'react-linq-typing'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { server, userEvent } from 'vitest/browser'
import { expect, it, onTestFinished } from 'vitest'
import { command } from './browserInput.js'

/** A box of one's own markup, with a picker of one emoji. */
function mountPicker() {
  const linq = createLinqEmulator({ inactive: 'shown' })
  const fetcher = createHttpFetcher({ baseUrl: 'http://linq.test/api/partner', fetch: linq.fetch })
  const chatId = linq.addChat()
  const texts: string[] = []
  const sent: string[] = []

  function Picker() {
    const box = useComposeBox({
      chatId,
      onSend: (text) => sent.push(text),
      onValueChange: (text) => texts.push(text),
    })
    return (
      <form {...box.getFormProps()}>
        <textarea {...box.getFieldProps()} />
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
  flushSync(() =>
    root.render(
      <StrictMode>
        <TypingProvider fetcher={fetcher}>
          <Picker />
        </TypingProvider>
      </StrictMode>,
    ),
  )
  const field = host.querySelector('textarea')!
  field.focus()
  return {
    field,
    texts,
    sent,
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
