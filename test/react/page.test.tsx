import { cleanup, fireEvent } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { linqPage, pass } from './linqPage.js'
import { Field, typing, write } from './typedField.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  // What an unmount still sends must not travel by real timers into the next test.
  cleanup()
  vi.useRealTimers()
})

describe('the page', () => {
  const setVisibility = (state: 'visible' | 'hidden') => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
    fireEvent(document, new Event('visibilitychange'))
  }
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('hidden ends the bubble at once; shown again it is idle until an edit (row 19)', async () => {
    const { linq, calls, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    write('h')
    await pass(200)
    setVisibility('hidden')
    expect(calls()).toEqual(['start', 'stop'])
    setVisibility('visible')
    await pass(1_000)
    expect(typing.status).toBe('idle')
    expect(calls()).toEqual(['start', 'stop'])
    write('he')
    expect(calls()).toEqual(['start', 'stop', 'start'])
  })

  it.each([
    ['left and come back to', () => [window, 'pagehide', 'pageshow'] as const],
    ['frozen and resumed', () => [document, 'freeze', 'resume'] as const],
  ])(
    '%s, whatever it says of being visible, ends the bubble and starts with an edit (row 19)',
    async (_, life) => {
      const { linq, calls, show } = linqPage()
      show(<Field chatId={linq.addChat()} />)
      const [target, goes, returns] = life()
      write('h')
      await pass(200)
      fireEvent(target, new Event(goes))
      write('he')
      expect(calls()).toEqual(['start', 'stop'])
      fireEvent(target, new Event(returns))
      await pass(1_000)
      expect(calls()).toEqual(['start', 'stop'])
      write('hel')
      expect(calls()).toEqual(['start', 'stop', 'start'])
    },
  )

  it('that goes offline under a bubble waits at once (row 36)', async () => {
    const { linq, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    write('h')
    await pass(200)
    expect(typing.status).toBe('active')
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    fireEvent(window, new Event('offline'))
    await pass(0)
    expect(typing.status).toBe('waiting')
  })

  it('offline makes no call and waits; online again it starts with an edit (row 35)', async () => {
    const { linq, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    fireEvent(window, new Event('offline'))
    write('h')
    await pass(0)
    expect(typing).toMatchObject({ status: 'waiting', error: { reason: 'offline' }, retryAt: null })
    onLine.mockReturnValue(true)
    fireEvent(window, new Event('online'))
    await pass(5_000)
    expect(linq.calls).toEqual([])
    write('he')
    expect(linq.calls).toHaveLength(1)
  })

  it('has one set of listeners for a thousand fields', () => {
    const added = vi.spyOn(window, 'addEventListener')
    const { linq, show } = linqPage()
    const chats = Array.from({ length: 1_000 }, () => linq.addChat())
    show(
      <>
        {chats.map((chatId) => (
          <Field key={chatId} chatId={chatId} />
        ))}
      </>,
    )
    // StrictMode mounts twice.
    expect(added.mock.calls.filter(([type]) => type === 'pagehide')).toHaveLength(inject('isStrict') ? 2 : 1)
  })
})
