import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChat, pass } from './openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('offline', () => {
  it('lets the status go when the lifetime of the last start is over', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(1_000)
    chat.setOnline(false)
    await pass(600_000)
    expect(chat.status()).toBe('idle')
  })

  it('makes no call and says so; back online only an edit starts (row 35, row 36)', () => {
    const chat = openChat()
    chat.setOnline(false)
    chat.input.keystroke(true)
    expect(chat.calls()).toEqual([])
    expect(chat.state()).toMatchObject({ status: 'waiting', retryAt: null, isTyping: true })
    expect(chat.errors).toEqual(['offline'])
    chat.setOnline(true)
    expect(chat.calls()).toEqual([])
    expect(chat.status()).toBe('idle')
    chat.input.keystroke(true)
    expect(chat.calls()).toEqual(['start'])
  })

  it('keeps a stop that is owed for the reconnect', async () => {
    const chat = openChat()
    chat.input.keystroke(true)
    await pass(200)
    chat.setOnline(false)
    chat.input.keystroke(false)
    await pass(20_000)
    expect(chat.calls()).toEqual(['start'])
    chat.setOnline(true)
    expect(chat.calls()).toEqual(['start', 'stop'])
  })
})
