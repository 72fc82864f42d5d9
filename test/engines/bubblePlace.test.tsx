import { TypingBubble, TypingProvider } from 'react-linq-typing'
import 'react-linq-typing/styles.css'
import { createFakeFeed } from 'react-linq-typing/testing'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { expect, it, onTestFinished } from 'vitest'

it('a bubble that comes moves nothing in a column whose messages take more room than there is', async () => {
  const feed = createFakeFeed()
  const host = document.body.appendChild(document.createElement('div'))
  const root = createRoot(host)
  onTestFinished(() => {
    root.unmount()
    host.remove()
  })
  flushSync(() =>
    root.render(
      <TypingProvider fetcher={async () => undefined} feed={feed.feed}>
        <div style={{ display: 'flex', flexDirection: 'column', height: 300 }}>
          <div style={{ overflow: 'auto' }}>
            <div style={{ height: 3_000 }}>Messages</div>
          </div>
          <TypingBubble chatId="a" />
        </div>
      </TypingProvider>,
    ),
  )
  const heights = () =>
    [...host.firstElementChild!.children].map((part) => part.getBoundingClientRect().height)
  const before = heights()
  await expect.poll(() => feed.listeners).toBe(1)
  flushSync(() => feed.typing('a'))
  await expect.poll(() => host.querySelector('.rlt-bubble-dots')).not.toBeNull()
  expect(heights()).toEqual(before)
})
