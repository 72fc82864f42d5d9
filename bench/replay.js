import { root } from './page.js'
import { createElement, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { createHttpFetcher, TypingProvider, useTypingIndicator } from 'react-linq-typing'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { startVirtualTime } from './virtualTime.js'

const idle = 10_000

/** Plays every trace through the hook, in a chat of its own, and returns what the recipient saw of each. */
export async function replay(traces, { lifetime, latency, delivery }) {
  const time = startVirtualTime()
  const linq = createLinqEmulator({
    lifetime,
    inactive: 'shown',
    deliveryDelay: delivery,
    clock: time.clock,
    network: () => ({ up: latency, down: latency }),
  })
  const fetcher = createHttpFetcher({ baseUrl: 'http://linq.test/api/partner', fetch: linq.fetch })
  const app = createRoot(root)
  let typing
  let onReady
  let renders = 0
  let states = 0

  function Host({ chatId }) {
    const current = useTypingIndicator(chatId)
    useEffect(() => {
      renders++
      if (typing !== current) states++
      typing = current
      onReady?.()
    })
    return null
  }
  const open = (chatId) =>
    new Promise((resolve) => {
      onReady = resolve
      app.render(createElement(TypingProvider, { fetcher }, createElement(Host, { chatId, key: chatId })))
    })

  const results = []
  for (const trace of traces) {
    const chatId = linq.addChat()
    await open(chatId)
    const begin = time.clock.now()
    const timersBefore = time.timers()
    const callsBefore = linq.calls.length
    const rendersBefore = renders - states
    const edits = trace.events.filter(([at]) => trace.sentAt === null || at <= trace.sentAt)

    for (const [at, , length] of edits) {
      await time.advanceTo(begin + at)
      typing.keystroke(length > 0)
    }
    if (trace.sentAt !== null) {
      await time.advanceTo(begin + trace.sentAt)
      typing.sent(send(linq, chatId))
    }
    const end = trace.sentAt ?? edits.at(-1)[0]
    await time.advanceTo(begin + end + 3 * lifetime)

    results.push({
      cls: trace.cls,
      keys: edits.length,
      timers: time.timers() - timersBefore,
      renders: renders - states - rendersBefore,
      calls: linq.calls.slice(callsBefore).filter(({ action }) => action === 'start' || action === 'stop'),
      sentAt: trace.sentAt === null ? null : begin + trace.sentAt,
      composing: composing(edits, trace.sentAt).map(([from, to]) => [begin + from, begin + to]),
      bubble: linq.timeline(chatId).map(({ from, to }) => [from, to ?? time.clock.now()]),
    })
  }
  app.unmount()
  time.stop()
  return results
}

/** The stretches of time in which someone composed. */
function composing(edits, sentAt) {
  const spans = []
  let current = null
  for (const [at, , length] of edits) {
    if (current !== null && at >= current[1]) current = null
    if (length === 0) {
      if (current !== null) current[1] = at
      current = null
    } else if (current === null) spans.push((current = [at, at + idle]))
    else current[1] = at + idle
  }
  const last = spans.at(-1)
  if (sentAt !== null && last !== undefined) last[1] = Math.min(last[1], sentAt)
  return spans
}

function send(linq, chatId) {
  return linq.fetch(`http://linq.test/api/partner/v3/chats/${chatId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: { parts: [{ type: 'text', value: 'a message' }] } }),
  })
}
