// @vitest-environment node
import { createSseFeed, TypingBubble, TypingProvider } from 'react-linq-typing'
import { StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, it, vi } from 'vitest'

it('a bubble renders on a server without a connection or a warning: nobody types there', () => {
  const warned = vi.spyOn(console, 'error')
  const fetch = vi.fn()
  const feed = createSseFeed({ url: '/stream', fetch })
  const html = renderToString(
    <StrictMode>
      <TypingProvider fetcher={() => Promise.resolve()} feed={feed}>
        <TypingBubble chatId="c1" name="Ada" />
      </TypingProvider>
    </StrictMode>,
  )
  expect(html).toBe('<div class="rlt-bubble"><span role="status" class="rlt-bubble-status"></span></div>')
  feed(() => {})()
  expect(warned).not.toHaveBeenCalled()
  expect(fetch).not.toHaveBeenCalled()
  warned.mockRestore()
})
