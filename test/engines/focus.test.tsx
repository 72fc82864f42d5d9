import { userEvent } from 'vitest/browser'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { openBox } from './openBox.js'

/** Counts how often the field lost the focus: each time, a phone's keyboard closes. */
function countBlurs(field: HTMLTextAreaElement) {
  const blurred = vi.fn()
  field.addEventListener('blur', blurred)
  return () => blurred.mock.calls.length
}

describe('the focus', () => {
  it.each(['success', 'failure'])('stays through a click, a send and its %s (row 16)', async (end) => {
    const { field, button, root, onSend } = openBox()
    const blurs = countBlurs(field)
    let settle = (): void => undefined
    onSend.mockReturnValue(
      new Promise<void>((resolve, reject) => {
        settle = end === 'success' ? resolve : () => reject(new Error('no'))
      }),
    )
    await userEvent.keyboard('hello')
    await userEvent.click(button)
    expect(onSend).toHaveBeenCalledTimes(1)
    await expect.poll(() => root.hasAttribute('data-sending')).toBe(true)
    expect(document.activeElement).toBe(field)
    expect(field.disabled).toBe(false)
    expect(field.readOnly).toBe(false)

    settle()
    await expect.poll(() => root.hasAttribute('data-sending')).toBe(false)
    expect(document.activeElement).toBe(field)
    expect(field.value).toBe(end === 'success' ? '' : 'hello')
    expect(blurs()).toBe(0)
    await userEvent.keyboard('!')
    expect(field.value).toBe(end === 'success' ? '!' : 'hello!')
  })

  it('is not taken from where someone went while the message was under way (row 16)', async () => {
    const { root, onSend } = openBox()
    let settle = (): void => undefined
    onSend.mockReturnValue(
      new Promise((_, reject) => {
        settle = () => reject(new Error('no'))
      }),
    )
    await userEvent.keyboard('hello{Enter}')
    const search = document.body.appendChild(document.createElement('input'))
    onTestFinished(() => search.remove())
    search.focus()
    settle()
    await expect.poll(() => root.hasAttribute('data-sending')).toBe(false)
    expect(document.activeElement).toBe(search)
  })
})

describe('a blur', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('makes no call before the idle timeout: an emoji picker takes the focus too (row 58)', async () => {
    const { field, calls } = openBox()
    await userEvent.keyboard('h')
    expect(calls()).toEqual(['start'])
    await vi.advanceTimersByTimeAsync(5_000)
    field.blur()
    window.dispatchEvent(new Event('blur'))
    await vi.advanceTimersByTimeAsync(4_900)
    expect(calls()).toEqual(['start'])
    field.focus()
    await vi.advanceTimersByTimeAsync(200)
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('and a focus of an untouched box make none at all (row 58)', async () => {
    const { field, calls } = openBox()
    for (let times = 0; times < 20; times++) {
      field.blur()
      field.focus()
    }
    await vi.advanceTimersByTimeAsync(60_000)
    expect(calls()).toEqual([])
  })
})
