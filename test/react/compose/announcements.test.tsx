import { act, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pass } from '../linqPage.js'
import { button, field, openBox, press, write } from './openBox.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** What is read out by itself: every change of what is in a live region. */
function readOut() {
  const changes: string[] = []
  const observer = new MutationObserver((records) => {
    const regions = records.map(({ target }) => {
      const element = target instanceof Element ? target : target.parentElement
      return element?.closest('[role=status], [role=alert], [aria-live]')
    })
    // One line in place of another is one change, though it is two records.
    for (const region of new Set(regions)) if (region != null) changes.push(region.textContent)
  })
  observer.observe(document.body, { childList: true, characterData: true, subtree: true })
  return changes
}

describe('what screen readers announce', () => {
  it('goes into a region that is there from the start, empty', () => {
    openBox()
    expect(screen.getByRole('status')).toBeEmptyDOMElement()
  })

  it('is nothing for 200 keys (row 76)', async () => {
    const { calls } = openBox()
    const changes = readOut()
    for (let key = 1; key <= 200; key++) {
      write('a'.repeat(key))
      await pass(500)
    }
    expect(calls().length).toBeGreaterThan(2)
    expect(changes).toEqual([])
  })

  it('is one line for 100 messages that fail (row 76)', async () => {
    const { onSend } = openBox()
    onSend.mockImplementation(() => Promise.reject(new Error('no')))
    const changes = readOut()
    for (let turn = 0; turn < 100; turn++) {
      write(`message ${turn}`)
      press('Enter')
      await pass(100)
    }
    expect(onSend).toHaveBeenCalledTimes(100)
    expect(changes).toEqual(['Your message was not sent.'])
  })

  it('is nothing for 100 typing calls that fail for now (row 76)', async () => {
    const { calls } = openBox({}, { network: () => ({ answer: { status: 500, code: 3001 } }) })
    const changes = readOut()
    for (let key = 1; calls().length < 100; key++) {
      write('a'.repeat((key % 50) + 1))
      await pass(5_000)
    }
    expect(screen.getByText('Others may not see you typing right now.')).toBeVisible()
    expect(changes).toEqual([])
  })

  it('is one line in a chat that refuses typing (row 76)', async () => {
    const { change, linq } = openBox()
    change({ chatId: linq.addChat({ isGroup: true }) })
    await pass(0)
    const changes = readOut()
    for (let key = 1; key <= 100; key++) {
      write('a'.repeat(key))
      await pass(1_000)
    }
    expect(changes).toEqual(['Others can’t see you typing in this chat. Messages still go out.'])
  })

  it('is one line near the limit, and one beyond it (row 76)', async () => {
    openBox({ maxLength: 200 })
    const changes = readOut()
    for (let key = 1; key <= 220; key++) {
      write('a'.repeat(key))
      await act(async () => Promise.resolve())
    }
    expect(changes).toEqual([
      'Nearly at the limit of 200 characters.',
      'Over the limit of 200 characters: this can’t be sent.',
    ])
  })
})

describe('names and texts', () => {
  it('name the field and the button, whatever the placeholder says (row 75)', () => {
    openBox({ placeholder: 'Write to Ada' })
    expect(field()).toHaveAccessibleName('Message')
    expect(button()).toHaveAccessibleName('Send')
  })

  it('let aria-label name the field, as on any textarea (row 75)', () => {
    openBox({ 'aria-label': 'Answer to Ada' })
    expect(screen.getByRole('textbox')).toHaveAccessibleName('Answer to Ada')
  })

  it('can all be translated (row 75)', async () => {
    const { onSend } = openBox({
      label: 'Nachricht',
      maxLength: 10,
      labels: {
        send: 'Senden',
        notSent: 'Nicht gesendet.',
        remaining: (count) => `${count} übrig`,
        overLimit: () => 'Zu lang.',
      },
    })
    onSend.mockRejectedValue(new Error('no'))
    const german = screen.getByRole('textbox', { name: 'Nachricht' })
    fireEvent.input(german, { target: { value: 'hallo' } })
    fireEvent.click(screen.getByRole('button', { name: 'Senden' }))
    await pass(0)
    expect(screen.getByText('Nicht gesendet.')).toBeVisible()
    fireEvent.input(german, { target: { value: 'hallo zusammen' } })
    expect(screen.getByText('-4 übrig')).toBeVisible()
    expect(screen.getByText('Zu lang.')).toBeVisible()
  })

  it('are English where a translation is missing (row 75)', () => {
    openBox({ labels: { send: undefined } })
    expect(button()).toHaveAccessibleName('Send')
  })

  it('describe the field with what is wrong (row 75)', async () => {
    const { onSend } = openBox()
    onSend.mockRejectedValue(new Error('no'))
    write('hello')
    press('Enter')
    await pass(0)
    expect(field()).toHaveAccessibleDescription(/Your message was not sent/)
  })
})
