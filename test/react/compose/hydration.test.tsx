import { act, screen } from '@testing-library/react'
import { ComposeBox, type ComposeBoxProps, TypingProvider } from 'react-linq-typing'
import { StrictMode } from 'react'
import { hydrateRoot, type Root } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { field } from './openBox.js'

let root: Root | undefined
afterEach(() => {
  act(() => root?.unmount())
  root = undefined
  document.body.innerHTML = ''
  vi.restoreAllMocks()
})

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
  // A server has no document. This one has, of which React 18 warns.
  const server = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  container.innerHTML = renderToString(page)
  server.mockRestore()
  const warned = vi.spyOn(console, 'error')
  meanwhile()
  await act(async () => {
    root = hydrateRoot(container, page)
    await Promise.resolve()
  })
  return { fetcher, warned }
}

describe('a box that a server wrote', () => {
  it('is taken over without a warning (row 71)', async () => {
    const { warned } = await arrive({ defaultValue: 'Hello', maxLength: 100, submitMode: 'auto' }, () => {})
    expect(field()).toHaveValue('Hello')
    expect(warned).not.toHaveBeenCalled()
  })

  it.each([
    ['an empty box', {}],
    ['a default text', { defaultValue: 'Hello' }],
    ['a text of the host’s', { value: 'Hello' }],
  ])('keeps what was typed into %s before the script came, which is no edit (row 72)', async (_, props) => {
    const onValueChange = vi.fn()
    const { fetcher } = await arrive({ ...props, onValueChange }, () => {
      field().value = 'Hello, I typed this'
    })
    expect(field()).toHaveValue('Hello, I typed this')
    expect(screen.getByRole('button', { name: 'Send' })).toHaveAttribute('aria-disabled', 'false')
    expect(onValueChange.mock.calls).toEqual([['Hello, I typed this']])
    expect(fetcher).not.toHaveBeenCalled()
  })
})
