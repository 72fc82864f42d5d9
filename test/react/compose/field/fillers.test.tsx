import { act, fireEvent } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pass } from '../../linqPage.js'
import { button, field, openBox, press, write } from '../openBox.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Writes as a password manager or an extension does, which tells nobody. */
const fill = (text: string) => {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!.call(field(), text)
}
const moments: [name: string, happens: () => unknown][] = [
  ['a change event', () => fireEvent(field(), new Event('change', { bubbles: true }))],
  ['the focus', () => act(() => field().focus())],
  ['the focus that leaves', () => fireEvent.blur(field())],
  ['a page that comes back', () => fireEvent(window, new Event('pageshow'))],
]

describe('a text that was filled in without an input event', () => {
  it('survives a reset of its form (row 101)', async () => {
    const onValueChange = vi.fn()
    openBox({ onValueChange })
    fill('filled in')
    field().form!.reset()
    await pass(1)
    expect(field()).toHaveValue('filled in')
    expect(onValueChange.mock.calls).toEqual([['filled in']])
  })

  it.each(moments)('is known with %s: the button, the limit and the host agree (row 101)', (_, happens) => {
    const onValueChange = vi.fn()
    const { calls, onSend } = openBox({ onValueChange, maxLength: 5 })
    fill('filled in')
    happens()
    expect(onValueChange.mock.calls).toEqual([['filled in']])
    expect(field()).toHaveAttribute('aria-invalid', 'true')
    fill('done')
    fireEvent(field(), new Event('change', { bubbles: true }))
    expect(onValueChange).toHaveBeenLastCalledWith('done')
    expect(button()).toHaveAttribute('aria-disabled', 'false')
    expect(field()).not.toHaveAttribute('aria-invalid')
    fireEvent.click(button())
    expect(onSend.mock.calls).toEqual([['done']])
    expect(calls()).toEqual([])
  })

  it.each(moments)('that leaves nothing ends the bubble with %s (row 101)', async (_, happens) => {
    const { calls } = openBox()
    write('hello')
    await act(() => vi.advanceTimersByTimeAsync(1_000))
    fill('')
    happens()
    expect(button()).toHaveAttribute('aria-disabled', 'true')
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('is kept by a host that keeps the text, and sent (row 101)', () => {
    const { change, onSend } = openBox({ value: '', onValueChange: (text) => change({ value: text }) })
    fill('filled in')
    fireEvent(field(), new Event('change', { bubbles: true }))
    expect(field()).toHaveValue('filled in')
    press('Enter')
    expect(onSend.mock.calls).toEqual([['filled in']])
    expect(field()).toHaveValue('')
  })

  it('calls onValueChange once, whatever events follow (row 101)', () => {
    const onValueChange = vi.fn()
    const { calls } = openBox({ onValueChange })
    fill('filled in')
    for (const [, happens] of moments) happens()
    expect(onValueChange).toHaveBeenCalledTimes(1)
    write('filled in, and typed on')
    expect(calls()).toEqual(['start'])
  })
})
