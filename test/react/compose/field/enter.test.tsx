import userEvent from '@testing-library/user-event'
import { fireEvent } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { field, openBox, press, write } from '../openBox.js'

describe('Enter', () => {
  it('with Shift breaks the line', async () => {
    const { onSend } = openBox()
    const user = userEvent.setup()
    await user.type(field(), 'one{Shift>}{Enter}{/Shift}two')
    expect(field()).toHaveValue('one\ntwo')
    await user.keyboard('{Enter}')
    expect(onSend.mock.calls).toEqual([['one\ntwo']])
  })

  it.each([
    ['while an input method composes (row 7)', { isComposing: true }],
    ['that ends a composition in Safari (row 8)', { keyCode: 229 }],
  ])('%s does not send', (_, init) => {
    const { onSend } = openBox()
    write('こんにちは')
    press('Enter', init)
    expect(onSend).not.toHaveBeenCalled()
    expect(field()).toHaveValue('こんにちは')
  })

  it('that the host prevented does nothing', () => {
    const { onSend } = openBox({ onKeyDown: (event) => event.preventDefault() })
    write('@ann')
    press('Enter')
    expect(onSend).not.toHaveBeenCalled()
  })
})

/** A device that is pointed at with a finger. */
function coarse(): void {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query === '(pointer: coarse)',
    addEventListener: () => {},
    removeEventListener: () => {},
  }))
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('Enter, with a mouse and on a phone (row 17)', () => {
  const bare = {}
  const ctrl = { ctrlKey: true }
  const cmd = { metaKey: true }
  const shift = { shiftKey: true }
  const alt = { altKey: true }

  it.each([
    ['auto', 'a mouse', { sends: [bare, ctrl, cmd], breaks: [shift, alt] }, 'send'],
    ['auto', 'a finger', { sends: [ctrl, cmd], breaks: [bare, shift, alt] }, 'enter'],
    ['enter', 'a finger', { sends: [bare, ctrl, cmd], breaks: [shift, alt] }, 'send'],
    ['ctrlEnter', 'a mouse', { sends: [ctrl, cmd], breaks: [bare, shift, alt] }, 'enter'],
    ['none', 'a mouse', { sends: [], breaks: [bare, ctrl, cmd, shift, alt] }, 'enter'],
  ] as const)(
    'in mode %s, with %s, sends where it says so, and the keyboard says the same (row 17)',
    (submitMode, pointer, { sends, breaks }, hint) => {
      if (pointer === 'a finger') coarse()
      const { onSend } = openBox({ submitMode })
      expect(field()).toHaveAttribute('enterkeyhint', hint)
      write('hello')
      for (const keys of breaks) {
        // Nothing keeps the browser from breaking the line.
        expect(press('Enter', keys)).toBe(true)
        expect(onSend).not.toHaveBeenCalled()
      }
      sends.forEach((keys, index) => {
        write(`hello ${index}`)
        expect(press('Enter', keys)).toBe(false)
        expect(onSend).toHaveBeenLastCalledWith(`hello ${index}`)
      })
      expect(onSend).toHaveBeenCalledTimes(sends.length)
    },
  )

  it('held down breaks line after line in modes where it breaks lines (row 66)', () => {
    const { onSend } = openBox({ submitMode: 'ctrlEnter' })
    write('hello')
    expect(press('Enter')).toBe(true)
    expect(press('Enter', { repeat: true })).toBe(true)
    expect(onSend).not.toHaveBeenCalled()
  })
})

describe('a phone’s keyboard that doesn’t say which key', () => {
  const breaksLine = (init: InputEventInit = {}) =>
    fireEvent(
      field(),
      new InputEvent('beforeinput', {
        inputType: 'insertLineBreak',
        bubbles: true,
        cancelable: true,
        ...init,
      }),
    )

  it('sends with the line break of its Enter, in a mode in which Enter sends (row 56)', () => {
    const { onSend } = openBox({ submitMode: 'enter' })
    write('hello')
    press('Unidentified', { keyCode: 229 })
    expect(breaksLine()).toBe(false)
    expect(onSend.mock.calls).toEqual([['hello']])
  })

  it('breaks the line in other modes, with Shift, and by dictation (row 56)', () => {
    const { onSend, change } = openBox({ submitMode: 'ctrlEnter' })
    write('hello')
    press('Unidentified', { keyCode: 229 })
    expect(breaksLine()).toBe(true)
    change({ submitMode: 'enter' })
    press('Unidentified', { keyCode: 229, shiftKey: true })
    expect(breaksLine()).toBe(true)
    press('a')
    expect(breaksLine()).toBe(true)
    expect(onSend).not.toHaveBeenCalled()
  })

  it('does not send with the line break that a composition makes (row 56)', () => {
    const { onSend } = openBox({ submitMode: 'enter' })
    fireEvent.compositionStart(field())
    write('안녕')
    press('Process', { keyCode: 229, isComposing: true })
    expect(breaksLine({ isComposing: true })).toBe(true)
    fireEvent.compositionEnd(field(), { data: '안녕' })
    expect(breaksLine()).toBe(true)
    expect(onSend).not.toHaveBeenCalled()
  })
})
