import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChat, pass } from '../openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a message after a stop that was asked for', () => {
  it('takes the bubble of a later start with it, without a call', async () => {
    const chat = openChat({ deliveryDelay: 1_000 })
    chat.input.keystroke(true)
    await pass(1_000)
    chat.sessions.stop(chat.chatId)
    await pass(1_000)
    chat.input.keystroke(true)
    await pass(1_000)
    void chat.send()
    await pass(60_000)
    expect(chat.calls()).toEqual(['start', 'stop', 'start'])
  })

  it('does not make that stop wait for a message before it', async () => {
    const chat = openChat()
    let deliver = () => {}
    chat.input.keystroke(true)
    chat.input.sent(new Promise<void>((resolve) => (deliver = resolve)))
    chat.sessions.stop(chat.chatId)
    chat.input.sent(Promise.resolve())
    await pass(3_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 3000'])
    deliver()
    await pass(10_000)
    expect(chat.calls()).toEqual(['start', 'stop'])
  })

  it('takes the place of a second try, once it should have cleared the bubble', async () => {
    const chat = openChat({
      network: ({ action }) => (action === 'stop' ? { up: 'reset' } : {}),
    })
    chat.input.keystroke(true)
    await pass(1_000)
    chat.sessions.stop(chat.chatId)
    await pass(500)
    chat.input.sent(Promise.resolve())
    await pass(30_000)
    expect(chat.callTimes()).toEqual(['start 0', 'stop 1000'])
  })
})
