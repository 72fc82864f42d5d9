import { render, screen } from '@testing-library/react'
import { createSseFeed, TypingBubble, TypingProvider } from 'react-linq-typing'
import { createTypingHub, createTypingStream } from 'react-linq-typing/server'
import { expect, it } from 'vitest'

const chatId = '0b6fd1ad-6a7b-4bd7-9b19-7b6ee8f0a001'

/** An event as Linq's webhook tells it. */
const linqEvent = (event_type: string, data: object) => ({
  api_version: 'v3',
  webhook_version: '2026-02-03',
  event_type,
  event_id: crypto.randomUUID(),
  created_at: new Date().toISOString(),
  trace_id: 't',
  partner_id: 'p',
  data,
})

it('what Linq tells the server comes to the page by the stream, and goes', async () => {
  const hub = createTypingHub()
  const stream = createTypingStream({ hub, identify: () => ({ actor: 'ben', maySee: () => true }) })
  const feed = createSseFeed({
    url: '/api/typing/stream',
    // jsdom's signal is none to Node's Request.
    fetch: (path, { headers }) => stream(new Request(`http://app.test${path}`, { headers: headers ?? {} })),
  })
  const page = (
    <TypingProvider fetcher={() => Promise.resolve()} feed={feed}>
      <TypingBubble chatId={chatId.toUpperCase()} name="Ada" />
    </TypingProvider>
  )
  await hub.receive(linqEvent('chat.typing_indicator.started', { chat_id: chatId }))
  const { unmount } = render(page)
  expect(await screen.findByRole('img', { name: 'Ada is typing' })).toBeInTheDocument()
  await hub.receive(linqEvent('chat.typing_indicator.stopped', { chat_id: chatId }))
  await expect.poll(() => screen.queryByRole('img')).toBeNull()
  unmount()
})
