// @vitest-environment node
import { ComposeBox, TypingProvider, useComposeBox } from 'react-linq-typing'
import { StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, it, vi } from 'vitest'

it('a box renders on a server without a window or a warning (row 71)', () => {
  expect(typeof window).toBe('undefined')
  const warned = vi.spyOn(console, 'error')
  const html = renderToString(
    <StrictMode>
      <TypingProvider fetcher={() => Promise.resolve()}>
        <ComposeBox chatId="a" defaultValue="Dear <all>" maxLength={20} onSend={() => undefined} />
      </TypingProvider>
    </StrictMode>,
  )
  expect(html).toContain('>Dear &lt;all&gt;</textarea>')
  expect(html).toContain('Send</button>')
  expect(warned).not.toHaveBeenCalled()
  warned.mockRestore()
})

it('a box on a server has its first text (row 71)', () => {
  function Text() {
    return <p>{useComposeBox({ chatId: 'a', defaultValue: 'Dear all', onSend: () => undefined }).text}</p>
  }
  const html = renderToString(
    <TypingProvider fetcher={() => Promise.resolve()}>
      <Text />
    </TypingProvider>,
  )
  expect(html).toBe('<p>Dear all</p>')
})

it('a box on a server renders no inline styles, which a page may forbid (row 98)', () => {
  const html = renderToString(
    <TypingProvider fetcher={() => Promise.resolve()}>
      <ComposeBox chatId="a" minRows={2} maxRows={5} onSend={() => undefined} />
    </TypingProvider>,
  )
  expect(html).not.toContain('style')
})
