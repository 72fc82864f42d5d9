import { server, userEvent } from 'vitest/browser'
import { describe, expect, it } from 'vitest'
import { pointWithFingers } from './browserInput.js'
import { plainEnter } from './inputMethod.js'
import { openBox } from './openBox.js'
import { replay } from './replay.js'

describe('with a mouse', () => {
  it('Enter sends what was typed, and the box is empty (row 17)', async () => {
    const { field, sent, calls } = openBox()
    await userEvent.keyboard('hello')
    expect(field.value).toBe('hello')
    expect(calls()).toEqual(['start'])
    await userEvent.keyboard('{Enter}')
    expect(sent()).toEqual(['hello'])
    expect(field.value).toBe('')
    expect(field.getAttribute('enterkeyhint')).toBe('send')
  })

  it('Shift+Enter breaks the line (row 17)', async () => {
    const { field, sent } = openBox()
    await userEvent.keyboard('one{Shift>}{Enter}{/Shift}two')
    expect(field.value).toBe('one\ntwo')
    expect(sent()).toEqual([])
  })

  it('Ctrl+Enter and Cmd+Enter send, also where Enter does not (row 17)', async () => {
    const { field, sent } = openBox({ submitMode: 'ctrlEnter' })
    await userEvent.keyboard('one{Enter}two{Control>}{Enter}{/Control}')
    expect(sent()).toEqual(['one\ntwo'])
    await userEvent.keyboard('three')
    replay(field, plainEnter({ metaKey: true }))
    expect(sent()).toEqual(['one\ntwo', 'three'])
    expect(field.value).toBe('')
  })
})

describe('with fingers', () => {
  it('Enter breaks the line, and the keyboard says so (row 17)', async () => {
    await pointWithFingers()
    const { field, sent } = openBox()
    await userEvent.keyboard('one{Enter}two{Shift>}{Enter}{/Shift}three')
    expect(field.value).toBe('one\ntwo\nthree')
    expect(sent()).toEqual([])
    expect(field.getAttribute('enterkeyhint')).toBe('enter')
  })

  it('Ctrl+Enter and the button send (row 17)', async () => {
    await pointWithFingers()
    const { button, sent } = openBox()
    await userEvent.keyboard('one{Control>}{Enter}{/Control}two')
    await userEvent.click(button)
    expect(sent()).toEqual(['one', 'two'])
  })

  it('Enter sends where the host says so (row 17)', async () => {
    await pointWithFingers()
    const { sent } = openBox({ submitMode: 'enter' })
    await userEvent.keyboard('one{Enter}')
    expect(sent()).toEqual(['one'])
  })
})

describe('Enter held down', () => {
  // The driver of WebKit presses a key once, however long it holds it.
  const hold = async (field: HTMLTextAreaElement) => {
    if (server.browser !== 'safari') await userEvent.keyboard('{Enter>4/}')
    else for (const repeat of [false, true, true, true]) replay(field, plainEnter({ repeat }))
  }

  it('sends once, although the text comes back at once (row 66)', async () => {
    const { field, onSend, sent } = openBox()
    onSend.mockImplementation(() => {
      throw new Error('no')
    })
    await userEvent.keyboard('hello')
    await hold(field)
    expect(sent()).toEqual(['hello'])
    expect(field.value).toBe('hello')
  })

  it('breaks as many lines as it repeats where it breaks the line (row 66)', async () => {
    const { field, sent } = openBox({ submitMode: 'ctrlEnter' })
    await userEvent.keyboard('a')
    await hold(field)
    expect(field.value).toBe('a\n\n\n\n')
    expect(sent()).toEqual([])
  })
})

describe('two intents', () => {
  it('of one tick send once (row 14)', async () => {
    const { field, button, onSend, sent } = openBox()
    onSend.mockReturnValue(new Promise(() => undefined))
    await userEvent.keyboard('hello')
    button.click()
    button.click()
    replay(field, plainEnter())
    expect(sent()).toEqual(['hello'])
    expect(field.value).toBe('')
  })

  it('of a double click send once (row 14)', async () => {
    const { button, onSend, sent } = openBox()
    onSend.mockReturnValue(new Promise(() => undefined))
    await userEvent.keyboard('hello')
    await userEvent.dblClick(button)
    expect(sent()).toEqual(['hello'])
  })

  it('with a word between them send twice, also the same word (row 14)', async () => {
    const { onSend, sent } = openBox()
    onSend.mockReturnValue(new Promise(() => undefined))
    await userEvent.keyboard('k{Enter}k{Enter}')
    expect(sent()).toEqual(['k', 'k'])
  })
})
