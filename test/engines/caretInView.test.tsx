import 'react-linq-typing/styles.css'
import { type ComposeBoxControls, createHttpFetcher, TypingProvider, useComposeBox } from 'react-linq-typing'
import { createLinqEmulator } from 'react-linq-typing/testing'
import type { CSSProperties } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { userEvent } from 'vitest/browser'
import { describe, expect, it, onTestFinished } from 'vitest'
import { insert } from './insert.js'
import { mountBox } from './mountBox.js'
import { soon } from '../soon.js'

const lines = (count: number) => Array.from({ length: count }, (_, line) => `line ${line + 1}`).join('\n')
const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

/** Which of its lines, each as high as the other, a field shows whole. */
function shown(field: HTMLTextAreaElement): [first: number, last: number] {
  const height = parseFloat(getComputedStyle(field).lineHeight)
  const { scrollTop, clientHeight } = field
  const padding = parseFloat(getComputedStyle(field).paddingTop)
  return [
    Math.ceil((scrollTop - padding) / height - 0.1),
    Math.floor((scrollTop + clientHeight - padding) / height + 0.1),
  ]
}

/** The line that the caret stands in, and the ones that can be seen. */
function expectInView(field: HTMLTextAreaElement): void {
  const line = field.value.slice(0, field.selectionEnd).split('\n').length
  const [first, last] = shown(field)
  expect(last - first).toBeLessThan(field.value.split('\n').length)
  expect(line).toBeGreaterThan(first)
  expect(line).toBeLessThanOrEqual(last)
}

const inView = (field: HTMLTextAreaElement) => soon(() => expectInView(field))

/** A box that can be told to write. */
function mountWriter(own?: CSSProperties) {
  const linq = createLinqEmulator()
  const fetcher = createHttpFetcher({ baseUrl: 'http://linq.test/api/partner', fetch: linq.fetch })
  const latest: { box?: ComposeBoxControls } = {}
  function Writer() {
    const box = useComposeBox({ chatId: null, onSend: () => undefined })
    latest.box = box
    return (
      <div className="rlt-compose" style={{ '--rlt-min-rows': 1, '--rlt-max-rows': 8 } as object}>
        <div className="rlt-compose-row">
          <textarea
            {...box.getFieldProps(own === undefined ? { className: 'rlt-compose-field' } : { style: own })}
          />
        </div>
      </div>
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
      <TypingProvider fetcher={fetcher}>
        <Writer />
      </TypingProvider>,
    ),
  )
  return { field: host.querySelector('textarea')!, box: () => latest.box! }
}

describe('the caret is in view', () => {
  it.each([
    ['at its end', 0],
    ['in its middle', 60],
    ['at its beginning', 200],
  ])('in a draft that comes back, with the caret %s (row 99)', async (_, back) => {
    const { field, show, linq } = mountBox()
    const other = linq.addChat()
    field.focus()
    insert(lines(25))
    const caret = Math.max(0, field.value.length - back)
    field.setSelectionRange(caret, caret)
    show({ chatId: other })
    expect(field.value).toBe('')
    await frame()
    show({})
    expect(document.activeElement).toBe(field)
    expect(field.selectionEnd).toBe(caret)
    await inView(field)
    await frame()
    await frame()
    expectInView(field)
    expect(field.parentElement!.querySelectorAll('textarea')).toHaveLength(1)
  })

  it.each([
    ['at its end', 0],
    ['in its middle', 60],
  ])('in a draft that came back without the focus, %s, when the field has it (row 99)', async (_, back) => {
    const { field, show, linq } = mountBox()
    const other = linq.addChat()
    field.focus()
    insert(lines(25))
    const caret = field.value.length - back
    field.setSelectionRange(caret, caret)
    show({ chatId: other })
    field.blur()
    show({})
    await frame()
    field.focus()
    await expect.poll(() => field.selectionEnd).toBe(caret)
    await inView(field)
    await frame()
    expectInView(field)
  })

  it('in a message that was given back (row 99)', async () => {
    const { field, onSend } = mountBox()
    let reject: (error: Error) => void = () => undefined
    onSend.mockReturnValue(new Promise((_, no) => (reject = no)))
    field.focus()
    insert(lines(25))
    await userEvent.keyboard('{Enter}')
    expect(field.value).toBe('')
    reject(new Error('no'))
    await expect.poll(() => field.value).toBe(lines(25))
    await inView(field)
  })

  it('in what setText and a long insertText wrote (row 99)', async () => {
    const { field, box } = mountWriter()
    field.focus()
    flushSync(() => box().setText(lines(25)))
    await inView(field)
    field.setSelectionRange(0, 0)
    field.scrollTop = 0
    flushSync(() => box().insertText(`${lines(15)}\n`))
    expect(field.selectionEnd).toBe(lines(15).length + 1)
    await inView(field)
    await frame()
    expectInView(field)
  })

  it('in a field whose look is set inline (row 99)', async () => {
    const { field, box } = mountWriter({
      font: '20px/32px sans-serif',
      height: 128,
      padding: 12,
      minWidth: 300,
    })
    field.focus()
    flushSync(() => box().setText(lines(25)))
    await inView(field)
    await frame()
    expectInView(field)
  })

  it('in lines that wrap (row 99)', async () => {
    const { field, show, root, linq } = mountBox()
    root.style.width = '300px'
    field.focus()
    const before = 'many words that wrap around '.repeat(20)
    insert(`${before}HERE ${'and go on '.repeat(60)}`)
    field.setSelectionRange(before.length, before.length)
    show({ chatId: linq.addChat() })
    await frame()
    show({})
    await frame()
    await frame()
    // What someone types is brought into view by the browser.
    const { scrollTop } = field
    await userEvent.keyboard('x')
    await frame()
    expect(Math.abs(field.scrollTop - scrollTop)).toBeLessThan(parseFloat(getComputedStyle(field).lineHeight))
  })
})

it('a click into a draft that came back goes where it was made (row 99)', async () => {
  const { field, show, linq } = mountBox()
  field.focus()
  insert(lines(25))
  show({ chatId: linq.addChat() })
  field.blur()
  show({})
  await frame()
  field.scrollTop = 0
  await userEvent.click(field)
  await frame()
  await frame()
  expect(field.selectionEnd).toBeLessThanOrEqual(lines(8).length)
  expect(field.scrollTop).toBe(0)
})
