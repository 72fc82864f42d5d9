// @vitest-environment node
import { ComposeBox, TypingProvider } from 'react-linq-typing'
import { StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, it, vi } from 'vitest'

it('is written on a server that has no window, without a warning (row 71)', () => {
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
