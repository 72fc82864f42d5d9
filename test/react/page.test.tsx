import { cleanup, fireEvent } from '@testing-library/react'
import { createPortal } from 'react-dom'
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

describe('a page', () => {
  const setVisibility = (state: 'visible' | 'hidden') => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
    fireEvent(document, new Event('visibilitychange'))
  }
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('that is hidden ends the bubble at once, and stays idle when shown until an edit (row 19)', async () => {
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

  it('that is left ends the bubble, and starts with an edit after coming back, even if it never said hidden (row 19)', async () => {
    const { linq, calls, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    write('h')
    await pass(200)
    fireEvent(window, new Event('pagehide'))
    write('he')
    typing.keystroke()
    expect(calls()).toEqual(['start', 'stop'])
    fireEvent(window, new Event('pageshow'))
    await pass(1_000)
    expect(calls()).toEqual(['start', 'stop'])
    write('hel')
    expect(calls()).toEqual(['start', 'stop', 'start'])
  })

  it('that was left counts no edit until it is shown again, even if it hides and freezes meanwhile', async () => {
    const { linq, calls, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    fireEvent(window, new Event('pagehide'))
    setVisibility('hidden')
    typing.keystroke()
    fireEvent(document, new Event('freeze'))
    typing.keystroke()
    fireEvent(document, new Event('resume'))
    setVisibility('visible')
    typing.keystroke()
    expect(calls()).toEqual([])
    fireEvent(window, new Event('pageshow'))
    typing.keystroke()
    expect(calls()).toEqual(['start'])
    await pass(200)
  })

  it('that freezes ends the bubble, and starts with an edit after resuming, even if it never said hidden (row 19)', async () => {
    const { linq, calls, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    write('h')
    await pass(200)
    fireEvent(document, new Event('freeze'))
    expect(calls()).toEqual(['start', 'stop'])
    fireEvent(document, new Event('resume'))
    await pass(1_000)
    expect(calls()).toEqual(['start', 'stop'])
    write('he')
    expect(calls()).toEqual(['start', 'stop', 'start'])
  })

  it('that is hidden counts no edit by a script, but stops at once when a script empties the field (row 93)', async () => {
    const { linq, calls, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    setVisibility('hidden')
    write('h')
    expect(calls()).toEqual([])
    typing.keystroke('he')
    expect(calls()).toEqual(['start'])
    await pass(200)
    write('')
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('that is hidden does not hold back a field in another window (row 93)', () => {
    const { linq, calls, show } = linqPage()
    const frame = document.body.appendChild(document.createElement('iframe'))
    const popUp = frame.contentDocument!
    Object.defineProperty(popUp, 'visibilityState', { value: 'visible' })
    const chatId = linq.addChat()
    show(<>{createPortal(<Field chatId={chatId} />, popUp.body)}</>)
    setVisibility('hidden')
    const field = popUp.querySelector('textarea')!
    fireEvent.input(field, { target: { value: 'h' } })
    expect(calls()).toEqual(['start'])
    cleanup()
    frame.remove()
  })

  it.each<[string, (popUp: Document) => void]>([
    [
      'hides',
      (popUp) => {
        Object.defineProperty(popUp, 'visibilityState', { value: 'hidden' })
        fireEvent(popUp, new Event('visibilitychange'))
      },
    ],
    ['freezes', (popUp) => fireEvent(popUp, new Event('freeze'))],
    ['closes', (popUp) => fireEvent(popUp.defaultView!, new Event('pagehide'))],
  ])('ends the bubble of a field in another window that %s, and no other (row 93)', async (_, leave) => {
    const { linq, calls, show } = linqPage()
    const frame = document.body.appendChild(document.createElement('iframe'))
    const popUp = frame.contentDocument!
    Object.defineProperty(popUp, 'visibilityState', { configurable: true, value: 'visible' })
    const [inPopUp, inPage] = [linq.addChat(), linq.addChat()]
    const view = show(
      <>
        {createPortal(<Field chatId={inPopUp} />, popUp.body)}
        <Field chatId={inPage} />
      </>,
    )
    const added = vi.spyOn(popUp.defaultView!, 'addEventListener')
    const removed = vi.spyOn(popUp.defaultView!, 'removeEventListener')
    write('h')
    const field = popUp.querySelector('textarea')!
    fireEvent.input(field, { target: { value: 'h' } })
    fireEvent(popUp, new Event('visibilitychange'))
    await pass(200)
    expect(calls()).toEqual(['start', 'start'])
    leave(popUp)
    await pass(200)
    expect(calls()).toEqual(['start', 'start', 'stop'])
    expect(linq.calls.at(-1)).toMatchObject({ chatId: inPopUp })
    fireEvent.input(field, { target: { value: '' } })
    view.unmount()
    const [leaving] = added.mock.calls.filter(([type]) => type === 'pagehide')
    expect(removed.mock.calls).toContainEqual(leaving)
    frame.remove()
  })

  it('that goes offline keeps the bubble: only a failed call counts (row 36, row 97)', async () => {
    const { linq, calls, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    fireEvent(window, new Event('offline'))
    write('h')
    await pass(200)
    expect(typing).toMatchObject({ status: 'active', error: null })
    write('')
    await pass(200)
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('that is offline tries and waits, and starts with an edit once online (row 35)', async () => {
    let isCut = true
    const { linq, show } = linqPage({ network: () => (isCut ? { up: 'reset' } : undefined) })
    show(<Field chatId={linq.addChat()} />)
    const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    write('h')
    await pass(5_000)
    write('he')
    await pass(0)
    expect(typing).toMatchObject({ status: 'waiting', error: { reason: 'offline' }, retryAt: 10_000 })
    await pass(3_000)
    isCut = false
    onLine.mockReturnValue(true)
    fireEvent(window, new Event('online'))
    await pass(100)
    expect(linq.calls).toHaveLength(2)
    write('hel')
    expect(linq.calls).toHaveLength(3)
    await pass(100)
    expect(typing).toMatchObject({ status: 'active', error: null })
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
