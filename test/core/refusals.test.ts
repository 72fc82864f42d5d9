import { TypingError, type TypingErrorInit } from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Answer, openChat, pass, typeFor } from '../openChat.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a final refusal', () => {
  it('of a group makes the chat unavailable after one call, until reset (row 26)', async () => {
    const chat = openChat({ chat: { isGroup: true } })
    await typeFor(chat.input, 120_000, 1_000)
    expect(chat.calls()).toEqual(['start'])
    expect(chat.state()).toMatchObject({ status: 'unavailable', isTyping: true, retryAt: null })
    expect(chat.state().error).toMatchObject({ reason: 'forbidden', status: 403, code: 2005, isFinal: true })
    expect(chat.errors).toEqual(['forbidden'])

    chat.sessions.reset(chat.chatId)
    expect(chat.state()).toMatchObject({ status: 'idle', error: null })
    chat.input.keystroke(true)
    expect(chat.calls()).toEqual(['start', 'start'])
  })

  it('of a refresh allows no stop either', async () => {
    let starts = 0
    const chat = openChat({
      network: (call) =>
        call.action === 'start' && ++starts > 1 ? { answer: { status: 409, code: 2013 } } : {},
    })
    await typeFor(chat.input, 60_000, 1_000)
    await pass(60_000)
    expect(chat.calls()).toEqual(['start', 'start'])
    expect(chat.status()).toBe('unavailable')
  })
})

describe('the time of the next start', () => {
  it('is told to who waits, and to nobody whose chat refuses', async () => {
    let starts = 0
    const chat = openChat({
      network(call) {
        if (call.action === 'stop') return { answer: { status: 404, code: 2001 } }
        return ++starts === 2 ? { answer: { status: 503, code: 4004 } } : {}
      },
    })
    await typeFor(chat.input, 48_500, 500)
    expect(chat.state()).toMatchObject({ status: 'waiting', retryAt: 78_000 })
    chat.input.keystroke(false)
    await pass(100)
    chat.input.keystroke(true)
    expect(chat.state()).toMatchObject({ status: 'unavailable', isTyping: true, retryAt: null })
  })
})

describe('errors', () => {
  it('are told once for a hundred failing edits (row 30)', async () => {
    const chat = openChat({ network: () => ({ answer: { status: 500 } }) })
    const changes: (TypingError | null)[] = []
    chat.sessions.subscribe(chat.chatId, () => changes.push(chat.state().error))
    await typeFor(chat.input, 300_000, 3_000)
    expect(chat.errors).toEqual(['server'])
    expect(new Set(changes.filter(Boolean)).size).toBe(1)
  })

  it.each<[string, TypingErrorInit, TypingErrorInit]>([
    ['is final', { reason: 'not-found', status: 404, isFinal: false }, { reason: 'not-found', status: 404 }],
    [
      'is a mistake in the set-up',
      { reason: 'server', status: 502 },
      { reason: 'server', status: 502, isSetupMistake: true },
    ],
  ])('are told anew when the next one, else alike, %s (row 30)', async (_, first, second) => {
    const errors = [new TypingError(first), new TypingError(second)]
    const thrown = [...errors]
    const chat = openChat({ fetcher: () => Promise.reject(thrown.shift()!) })
    chat.input.keystroke(true)
    await pass(30_000)
    expect(chat.state().error).toBe(errors[0])
    chat.input.keystroke(true)
    await pass(0)
    expect(chat.state().error).toBe(errors[1])
    expect(chat.errors).toHaveLength(2)
  })

  it.each<[string, Answer | 'reset' | 'lost', string]>([
    ['401', { status: 401, code: 2004 }, 'unauthorized'],
    ['403', { status: 403, code: 2006 }, 'forbidden'],
    ['404', { status: 404, code: 2001 }, 'not-found'],
    ['429', { status: 429, code: 1007 }, 'rate-limited'],
    ['500', { status: 500, code: 3001 }, 'server'],
    ['a lost connection', 'reset', 'network'],
    ['no answer in time', 'lost', 'timeout'],
  ])('tell %s apart (row 32)', async (_, answer, reason) => {
    const chat = openChat({ network: () => (typeof answer === 'string' ? { up: answer } : { answer }) })
    chat.input.keystroke(true)
    await pass(6_000)
    expect(chat.errors).toEqual([reason])
  })

  it('that an onError throws are the host’s, and stop nothing', async () => {
    const chat = openChat({ chat: { isGroup: true } })
    const uncaught = vi.fn()
    process.on('uncaughtException', uncaught)
    const other = chat.sessions.join(chat.chatId, {
      onError: () => {
        throw new Error('of the host')
      },
    })
    other.keystroke(true)
    await pass(200)
    process.off('uncaughtException', uncaught)
    expect(chat.status()).toBe('unavailable')
    expect(uncaught).toHaveBeenCalledWith(
      expect.objectContaining({ message: 'of the host' }),
      expect.anything(),
    )
  })
})
