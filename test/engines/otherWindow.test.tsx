import 'react-linq-typing/styles.css'
import { ComposeBox, createHttpFetcher, TypingProvider, useTypingIndicator } from 'react-linq-typing'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { createPortal, flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { plainEnter } from './inputMethod.js'
import { replay } from './replay.js'
import { soon } from '../soon.js'

/** A box in a frame, whose window, document and classes are not the page's. */
function openFrame(prepare: (view: Window & typeof globalThis) => void = () => undefined) {
  const frame = document.body.appendChild(document.createElement('iframe'))
  frame.style.cssText = 'width: 400px; height: 400px; border: 0'
  const view = frame.contentWindow as Window & typeof globalThis
  const sheet = view.document.head.appendChild(view.document.createElement('style'))
  const rules = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules].map((rule) => rule.cssText))
  sheet.textContent = rules.join('\n')
  prepare(view)
  const linq = createLinqEmulator({ inactive: 'shown' })
  const fetcher = createHttpFetcher({ baseUrl: 'http://linq.test/api/partner', fetch: linq.fetch })
  const chatId = linq.addChat()
  const onSend = vi.fn<(text: string) => unknown>()
  const onValueChange = vi.fn<(text: string) => unknown>()
  const host = document.body.appendChild(document.createElement('div'))
  const root = createRoot(host)
  onTestFinished(() => {
    root.unmount()
    host.remove()
    frame.remove()
  })
  flushSync(() =>
    root.render(
      <TypingProvider fetcher={fetcher}>
        {createPortal(
          <ComposeBox chatId={chatId} onSend={onSend} onValueChange={onValueChange} />,
          view.document.body,
        )}
      </TypingProvider>,
    ),
  )
  const field = view.document.querySelector('textarea')!
  return {
    view,
    field,
    onValueChange,
    sent: () => onSend.mock.calls.map(([text]) => text),
    calls: () => linq.calls.map((call) => call.action),
    status: () => field.closest<HTMLElement>('.rlt-compose')!.dataset.typing,
    write: (text: string) => {
      field.value = text
      field.dispatchEvent(new view.InputEvent('input', { bubbles: true, inputType: 'insertText' }))
    },
  }
}

const pointAt = (view: Window & typeof globalThis, coarse: boolean) => {
  const real = view.matchMedia.bind(view)
  const spy = vi.spyOn(view, 'matchMedia')
  spy.mockImplementation((query) =>
    query.includes('pointer') ? real(coarse ? 'all' : 'not all') : real(query),
  )
  onTestFinished(() => spy.mockRestore())
}
const hide = (document: Document) => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })
  onTestFinished(() => {
    Reflect.deleteProperty(document, 'visibilityState')
  })
}

describe('a box in another window', () => {
  it('breaks the line with Enter where that window is pointed at with a finger (row 93)', async () => {
    const { field, write, sent } = openFrame((view) => pointAt(view, true))
    await expect.poll(() => field.getAttribute('enterkeyhint')).toBe('enter')
    write('hello')
    replay(field, plainEnter())
    expect(sent()).toEqual([])
  })

  it('sends with Enter where that window has a mouse, though the page has none (row 93)', async () => {
    pointAt(window, true)
    const { field, write, sent } = openFrame((view) => pointAt(view, false))
    await expect.poll(() => field.getAttribute('enterkeyhint')).toBe('send')
    write('hello')
    replay(field, plainEnter())
    expect(sent()).toEqual(['hello'])
  })

  it('counts what is written by its own document: the page may be hidden (row 93)', () => {
    const { write, calls } = openFrame()
    hide(document)
    write('hello')
    expect(calls()).toEqual(['start'])
  })

  it('counts nothing that a script writes while its own document is hidden, but knows it (row 93)', () => {
    const { view, write, calls, onValueChange } = openFrame()
    hide(view.document)
    write('hello')
    expect(calls()).toEqual([])
    expect(onValueChange.mock.calls).toEqual([['hello']])
  })

  it('ends the bubble when it is emptied, hidden or not (row 93)', async () => {
    const { view, write, calls } = openFrame()
    write('hello')
    hide(view.document)
    write('')
    await expect.poll(calls).toEqual(['start', 'stop'])
  })

  it.each<[string, (view: Window & typeof globalThis) => void]>([
    [
      'hides',
      (view) => {
        hide(view.document)
        view.document.dispatchEvent(new view.Event('visibilitychange'))
      },
    ],
    ['freezes', (view) => view.document.dispatchEvent(new view.Event('freeze'))],
    ['is left', (view) => view.dispatchEvent(new view.Event('pagehide'))],
  ])('ends the bubble when its own window %s, and the page stays (row 93)', async (_, leave) => {
    const { view, write, calls, status } = openFrame()
    write('hello')
    view.document.dispatchEvent(new view.Event('visibilitychange'))
    await expect.poll(status).toBe('active')
    leave(view)
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('grows in its own frames, which come while the page has none (row 93)', async () => {
    const stopped = vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(1)
    onTestFinished(() => stopped.mockRestore())
    const { view, field, write } = openFrame()
    const rows = (count: number) => count * parseFloat(view.getComputedStyle(field).lineHeight) + 16
    for (const count of [3, 5]) {
      write(Array.from({ length: count }, (_, line) => `line ${line}`).join('\n'))
      await soon(() => expect(Math.abs(field.clientHeight - rows(count))).toBeLessThan(1.5))
    }
  })

  it('moves nothing that is scrolled there, key by key (row 68, row 93)', async () => {
    const { view, field, write } = openFrame()
    const page = view.document.scrollingElement!
    const tall = () => {
      const block = view.document.createElement('div')
      block.style.height = '500px'
      return block
    }
    view.document.body.prepend(tall())
    write('one\ntwo\nthree')
    await expect.poll(() => field.clientHeight).toBeGreaterThan(60)
    page.scrollTop = 9_999
    const { scrollTop } = page
    expect(scrollTop).toBeGreaterThan(100)
    for (const text of ['one\ntwo\nthree.', 'one\ntwo\nfour', 'one\ntwo\nfive']) {
      write(text)
      await new Promise((resolve) => view.requestAnimationFrame(() => setTimeout(resolve)))
      expect(Math.abs(page.scrollTop - scrollTop)).toBeLessThanOrEqual(1)
    }
  })

  it('knows what was filled in when its own window comes back (row 93, row 101)', () => {
    const { view, field, onValueChange } = openFrame()
    field.value = 'filled in'
    view.dispatchEvent(new view.Event('pageshow'))
    expect(onValueChange.mock.calls).toEqual([['filled in']])
  })
})

describe('a box that is moved into another window as it is', () => {
  it('is asked there from the next focus on (row 93)', async () => {
    const { view, field, write, sent, calls, status, onValueChange } = openFrame()
    const other = document.body.appendChild(document.createElement('iframe'))
    onTestFinished(() => other.remove())
    const target = other.contentWindow as Window & typeof globalThis
    pointAt(target, true)
    write('hello')
    // Its root goes with it, and so do React's listeners.
    target.document.documentElement.append(view.document.body)
    expect(field.ownerDocument).toBe(target.document)
    field.focus()
    field.dispatchEvent(new target.FocusEvent('focus'))
    await expect.poll(() => field.getAttribute('enterkeyhint')).toBe('enter')
    replay(field, plainEnter())
    expect(sent()).toEqual([])
    field.value = 'filled in'
    target.dispatchEvent(new target.Event('pageshow'))
    expect(onValueChange).toHaveBeenLastCalledWith('filled in')
    await expect.poll(status).toBe('active')
    view.dispatchEvent(new view.Event('pagehide'))
    expect(calls()).toEqual(['start'])
    target.dispatchEvent(new target.Event('pagehide'))
    expect(calls()).toEqual(['start', 'stop'])
  })
})

describe('a field in a frame', () => {
  it('ends its bubble when the frame hides after it loaded another document (row 93)', async () => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    const load = async (page: string) => {
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
      frame.srcdoc = page
      await loaded
      return frame.contentDocument!
    }
    const linq = createLinqEmulator({ inactive: 'shown' })
    const fetcher = createHttpFetcher({ baseUrl: 'http://linq.test/api/partner', fetch: linq.fetch })
    const chatId = linq.addChat()
    const root = createRoot(document.createElement('div'))
    onTestFinished(() => {
      root.unmount()
      frame.remove()
    })
    function Field({ into }: { into: Document }) {
      const typing = useTypingIndicator(chatId)
      return createPortal(<textarea {...typing.inputProps} data-typing={typing.status} />, into.body)
    }
    const write = (into: Document) => {
      flushSync(() =>
        root.render(
          <TypingProvider fetcher={fetcher}>
            <Field into={into} />
          </TypingProvider>,
        ),
      )
      const field = into.querySelector('textarea')!
      field.value = 'hello'
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    const first = await load('<p>first')
    write(first)
    const second = await load('<p>second')
    expect(second).not.toBe(first)
    write(second)
    await expect.poll(() => second.querySelector('textarea')!.dataset.typing).toBe('active')
    const calls = linq.calls.length
    hide(second)
    second.dispatchEvent(new Event('visibilitychange'))
    expect(linq.calls.slice(calls).map((call) => call.action)).toEqual(['stop'])
  })
})
