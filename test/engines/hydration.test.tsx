import { ComposeBox, type ComposeBoxProps, createHttpFetcher, TypingProvider } from 'react-linq-typing'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { Fragment, StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { hydrateRoot, type Root } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { userEvent } from 'vitest/browser'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { plainEnter } from './inputMethod.js'
import { replay } from './replay.js'
import { soon } from '../soon.js'

/** A box as the server sent it, before its script came. */
function serveBox(defaultValue?: string, Mode: typeof StrictMode | typeof Fragment = StrictMode) {
  const linq = createLinqEmulator({ inactive: 'shown' })
  const fetcher = createHttpFetcher({ baseUrl: 'http://linq.test/api/partner', fetch: linq.fetch })
  const chatId = linq.addChat()
  const onSend = vi.fn<(text: string) => unknown>()
  const onRecoverableError = vi.fn()
  const complained = vi.spyOn(console, 'error')
  onTestFinished(() => complained.mockRestore())
  const page = (props: Partial<ComposeBoxProps> = {}) => (
    <Mode>
      <TypingProvider fetcher={fetcher}>
        <ComposeBox chatId={chatId} onSend={(text) => onSend(text)} defaultValue={defaultValue} {...props} />
      </TypingProvider>
    </Mode>
  )
  let root: Root | undefined
  const host = document.body.appendChild(document.createElement('div'))
  host.innerHTML = renderToString(page())
  onTestFinished(() => host.remove())
  const field = host.querySelector('textarea')!
  field.focus()

  return {
    field,
    onSend,
    calls: () => linq.calls.map((call) => call.action),
    complaints: () => [...onRecoverableError.mock.calls, ...complained.mock.calls],
    render: (props: Partial<ComposeBoxProps>) => flushSync(() => root?.render(page(props))),
    hydrate: () => {
      root = flushSync(() => hydrateRoot(host, page(), { onRecoverableError }))
      onTestFinished(() => root?.unmount())
      return soon(() => {
        if (!Object.keys(field).some((key) => key.startsWith('__reactProps'))) throw new Error('not yet')
      })
    },
  }
}

describe('a box whose script comes late', () => {
  it('keeps what was typed before, with its caret, and that is no typing (row 72)', async () => {
    const { field, calls, complaints, hydrate } = serveBox()
    await userEvent.keyboard('typed early')
    field.setSelectionRange(5, 5)
    await hydrate()
    expect(field.value).toBe('typed early')
    expect([field.selectionStart, field.selectionEnd]).toEqual([5, 5])
    expect(document.activeElement).toBe(field)
    expect(calls()).toEqual([])
    expect(complaints()).toEqual([])
  })

  it('goes on from there: the next key is typing, and all of it is sent (row 72)', async () => {
    const { field, calls, onSend, hydrate } = serveBox()
    field.value = 'typed early'
    await hydrate()
    await userEvent.keyboard('!')
    expect(field.value).toBe('typed early!')
    expect(calls()).toEqual(['start'])
    replay(field, plainEnter())
    expect(onSend.mock.calls).toEqual([['typed early!']])
  })

  it('sends what was typed before, without another key (row 72)', async () => {
    const { field, onSend, hydrate } = serveBox()
    field.value = 'typed early'
    await hydrate()
    replay(field, plainEnter())
    expect(onSend.mock.calls).toEqual([['typed early']])
  })

  it('keeps what was added to the text that the server gave (row 72)', async () => {
    const { field, calls, complaints, hydrate } = serveBox('Dear Ann, ')
    expect(field.value).toBe('Dear Ann, ')
    field.setSelectionRange(10, 10)
    await userEvent.keyboard('hi')
    await hydrate()
    expect(field.value).toBe('Dear Ann, hi')
    expect(calls()).toEqual([])
    expect(complaints()).toEqual([])
  })

  it('leaves the caret in the text that the server gave, however often it renders (row 72)', async () => {
    const { field, hydrate, render } = serveBox('Dear Ann, ', Fragment)
    await hydrate()
    field.setSelectionRange(4, 4)
    expect(field.getBoundingClientRect().height).toBeGreaterThan(0)
    render({ placeholder: 'Message' })
    expect([field.value, field.selectionStart, field.placeholder]).toEqual(['Dear Ann, ', 4, 'Message'])
  })

  it('takes nothing from a field of another root that has the same id (row 91)', async () => {
    const first = serveBox()
    await first.hydrate()
    await userEvent.keyboard('for the first chat')
    const second = serveBox()
    expect(second.field.id).toBe(first.field.id)
    await second.hydrate()
    expect([first.field.value, second.field.value]).toEqual(['for the first chat', ''])
    replay(second.field, plainEnter())
    replay(first.field, plainEnter())
    expect(second.onSend).not.toHaveBeenCalled()
    expect(first.onSend.mock.calls).toEqual([['for the first chat']])
  })
})
