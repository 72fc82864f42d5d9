import { act, fireEvent, screen } from '@testing-library/react'
import { ComposeBox, type ComposeBoxProps, TypingProvider } from 'react-linq-typing'
import { type ReactElement, StrictMode } from 'react'
import { hydrateRoot, type Root } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { field } from './openBox.js'

let root: Root | undefined
afterEach(() => {
  act(() => root?.unmount())
  root = undefined
  document.body.innerHTML = ''
  vi.restoreAllMocks()
})

/** What a server without a document writes. Our effects know of this one's, of which React 18 warns. */
function renderOnServer(page: ReactElement): string {
  const warned = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  vi.stubGlobal('document', undefined)
  try {
    return renderToString(page)
  } finally {
    vi.unstubAllGlobals()
    warned.mockRestore()
  }
}

/** A page from a server, in which someone did something before the script came. */
async function arrive(props: Partial<ComposeBoxProps>, meanwhile: () => void) {
  const fetcher = vi.fn(() => Promise.resolve())
  const page = (
    <StrictMode>
      <TypingProvider fetcher={fetcher}>
        <ComposeBox chatId="a" onSend={() => undefined} {...props} />
      </TypingProvider>
    </StrictMode>
  )
  const container = document.body.appendChild(document.createElement('div'))
  container.innerHTML = renderOnServer(page)
  const warned = vi.spyOn(console, 'error')
  meanwhile()
  await act(async () => {
    root = hydrateRoot(container, page)
    await Promise.resolve()
  })
  return { fetcher, warned }
}

describe('a server-rendered box', () => {
  it('hydrates without a warning (row 71)', async () => {
    const { warned } = await arrive({ defaultValue: 'Hello', maxLength: 100, submitMode: 'auto' }, () => {})
    expect(field()).toHaveValue('Hello')
    expect(warned).not.toHaveBeenCalled()
  })

  it.each([
    ['an empty box', {}],
    ['a default text', { defaultValue: 'Hello' }],
    ['a text of the host’s', { value: 'Hello' }],
  ])('keeps what was typed into %s before hydration, which is no edit (row 72)', async (_, props) => {
    const onValueChange = vi.fn()
    const { fetcher } = await arrive({ ...props, onValueChange }, () => {
      field().value = 'Hello, I typed this'
    })
    expect(field()).toHaveValue('Hello, I typed this')
    expect(screen.getByRole('button', { name: 'Send' })).toHaveAttribute('aria-disabled', 'false')
    expect(onValueChange.mock.calls).toEqual([['Hello, I typed this']])
    expect(fetcher).not.toHaveBeenCalled()
  })

  it.each([
    ['nothing is left of it', ''],
    ['another text', 'Goodbye'],
  ])('keeps its default text as edited before hydration: %s (row 72)', async (_, left) => {
    await arrive({ defaultValue: 'Hello' }, () => {
      field().value = left
    })
    expect(field()).toHaveValue(left)
    expect(field().defaultValue).toBe('Hello')
  })

  it('leaves an untouched default text alone, even with a leading line break (row 72)', async () => {
    const onValueChange = vi.fn()
    await arrive({ defaultValue: '\nHello', onValueChange }, () => {})
    expect(field()).toHaveValue('\nHello')
    expect(onValueChange).not.toHaveBeenCalled()
  })
})

describe('what was typed before hydration', () => {
  const numbersIn = (language: string) => {
    vi.spyOn(Number.prototype, 'toLocaleString').mockImplementation(function (this: number) {
      return new Intl.NumberFormat(language).format(this)
    })
  }
  const withoutSegmenter = () => {
    const known = Object.getOwnPropertyNames(Intl).map((name) => [name, Intl[name as keyof typeof Intl]])
    vi.stubGlobal('Intl', { ...Object.fromEntries(known), Segmenter: undefined })
  }

  it.each([
    ['writes numbers otherwise, near a limit', 'x'.repeat(950), 1_000, () => numbersIn('de'), '33 left'],
    ['has other digits', 'x'.repeat(150), 160, () => numbersIn('fa'), '۷ too many'],
    ['counts characters otherwise', '👨‍👩‍👧'.repeat(4), 12, withoutSegmenter, '25 too many'],
  ])('stays where the browser %s (row 89)', async (_, text, maxLength, differ, counted) => {
    const { warned } = await arrive({ defaultValue: text, maxLength }, () => {
      field().value += ' and typed before'
      differ()
    })
    expect(field()).toHaveValue(`${text} and typed before`)
    expect(warned).not.toHaveBeenCalled()
    expect(screen.getByText(counted)).toBeVisible()
    vi.unstubAllGlobals()
  })
})

it('text typed before hydration stays in its chat when two roots repeat an id (row 91)', async () => {
  const open = (chatId: string, defaultValue: string) => {
    const onSend = vi.fn<(text: string) => unknown>()
    const page = (
      <TypingProvider fetcher={() => Promise.resolve()}>
        <ComposeBox id="same" {...{ chatId, defaultValue, onSend }} />
      </TypingProvider>
    )
    const container = document.body.appendChild(document.createElement('div'))
    container.innerHTML = renderOnServer(page)
    const field = container.querySelector('textarea')!
    const hydrate = () =>
      act(async () => {
        const its = hydrateRoot(container, page)
        onTestFinished(() => act(() => its.unmount()))
        await Promise.resolve()
      })
    return { field, hydrate, onSend }
  }
  const [first, second, third] = [open('a', ''), open('b', ''), open('c', 'Dear all')]
  await first.hydrate()
  fireEvent.input(first.field, { target: { value: 'for a' } })
  third.field.value = 'Dear all, for c'
  await second.hydrate()
  await third.hydrate()
  expect([first, second, third].map(({ field }) => field.value)).toEqual(['for a', '', 'Dear all, for c'])
  for (const { field } of [first, second, third]) fireEvent.keyDown(field, { key: 'Enter' })
  expect(first.onSend.mock.calls).toEqual([['for a', { chatId: 'a' }]])
  expect(second.onSend).not.toHaveBeenCalled()
  expect(third.onSend.mock.calls).toEqual([['Dear all, for c', { chatId: 'c' }]])
})
