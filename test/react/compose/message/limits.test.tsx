import { fireEvent, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { button, field, openBox, press, write } from '../openBox.js'

const family = '👨‍👩‍👧‍👦'

describe('a limit', () => {
  it.each([
    ['a thumb with a skin colour', '👍🏽'],
    ['a family', family],
    ['a flag', '🇨🇭'],
    ['an accent of its own', 'e\u0301'],
    ['a Korean syllable in parts', '\u1112\u1161\u11AB'],
    ['a keycap', '1\uFE0F\u20E3'],
  ])('counts %s as one character (row 82)', (_, character) => {
    const { onSend } = openBox({ maxLength: 3 })
    write(character.repeat(4))
    press('Enter')
    expect(onSend).not.toHaveBeenCalled()
    expect(screen.getByText('1 too many')).toBeVisible()
    write(character.repeat(3))
    expect(screen.getByText('0 left')).toBeVisible()
    press('Enter')
    expect(onSend.mock.calls).toEqual([[character.repeat(3)]])
  })

  it('shows anew with each edit how many characters are too many (row 82)', () => {
    openBox({ maxLength: 1 })
    const edits = { ab: 1, [`a${family}`]: 1, [`a${family}b`]: 2, 'e\u0301e': 1, '🇨🇭🇨🇭🇨': 2, aaa: 2 }
    for (const [text, tooMany] of Object.entries(edits)) {
      write(text)
      expect(screen.getByText(`${tooMany} too many`)).toBeVisible()
    }
    write('a')
    expect(screen.getByText('0 left')).toBeVisible()
  })

  it('counts characters up to 100,000 code units, and code units beyond (row 69, row 82)', () => {
    openBox({ maxLength: 10 })
    write('ok 👍'.repeat(20_000))
    expect(screen.getByText('79,990 too many')).toBeVisible()
    write('ok 👍'.repeat(20_000) + '!')
    expect(screen.getByText('99,991 too many')).toBeVisible()
  })

  it('cuts nothing off, and says why the message can’t be sent (row 82)', () => {
    const { onSend } = openBox({ maxLength: 500 })
    const text = 'word '.repeat(101)
    write(text)
    fireEvent.click(button())
    fireEvent.submit(field().form!)
    expect(field()).toHaveValue(text)
    expect(onSend).not.toHaveBeenCalled()
    expect(screen.getByText('Over the limit of 500 characters: this can’t be sent.')).toBeVisible()
    expect(screen.getByText('5 too many')).toBeVisible()
    expect(field()).toBeInvalid()
    expect(field()).toHaveAccessibleDescription(/Over the limit/)
    expect(button()).toHaveAttribute('aria-disabled', 'true')
    expect(field().form).toHaveAttribute('data-over-limit')
  })

  it('shows the count only within a tenth of the limit (row 82)', () => {
    openBox({ maxLength: 1_000 })
    write('a'.repeat(899))
    expect(screen.queryByText(/left/)).toBeNull()
    write('a'.repeat(900))
    expect(screen.getByText('100 left')).toBeVisible()
  })

  it.each([Infinity, NaN])('of %s is no limit (row 82)', (maxLength) => {
    openBox({ maxLength })
    write('hello')
    expect(screen.queryByText(/left|limit/)).toBeNull()
  })

  it('counts with countText in the host’s own unit (row 82)', () => {
    const { onSend } = openBox({
      maxLength: 8,
      countText: (text) => new TextEncoder().encode(text).length,
    })
    write('äöü')
    expect(screen.getByText('2 left')).toBeVisible()
    write('äöüéà')
    press('Enter')
    expect(screen.getByText('2 too many')).toBeVisible()
    expect(onSend).not.toHaveBeenCalled()
  })

  it('applies at once when it changes (row 82)', () => {
    const { change } = openBox({ maxLength: 10 })
    write('twelve chars')
    expect(screen.getByText('2 too many')).toBeVisible()
    change({ maxLength: 12 })
    expect(screen.getByText('0 left')).toBeVisible()
    change({ maxLength: undefined })
    expect(screen.queryByText(/left|too many/)).toBeNull()
  })

  it('is not set as maxlength, which cuts characters in half (row 82)', () => {
    openBox({ maxLength: 3 })
    expect(field()).not.toHaveAttribute('maxlength')
  })
})
