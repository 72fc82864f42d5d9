import { userEvent } from 'vitest/browser'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { commit, compose, hasInputMethod } from './browserInput.js'
import { plainEnter } from './inputMethod.js'
import { mountBox } from './mountBox.js'
import { openBox } from './openBox.js'
import { replay } from './replay.js'

type Echo = (echo: () => void) => void

const parents: Record<string, Echo> = {
  'at once': (echo) => echo(),
  'in a later task': (echo) => setTimeout(echo),
  'much later': (echo) => setTimeout(echo, 120),
}

/** A box whose text a parent holds, which it takes note of in its own time. */
function mountControlled(echo: Echo, text = '') {
  let pending = 0
  const onValueChange = vi.fn((next: string) => {
    pending++
    echo(() => {
      box.show({ value: next })
      pending--
    })
  })
  const box = openBox({ value: text, onValueChange })
  return { ...box, onValueChange, parentKnows: () => expect.poll(() => pending).toBe(0) }
}

describe.each(Object.keys(parents))('a parent that takes note of the text %s', (when) => {
  let box: ReturnType<typeof mountControlled>
  beforeEach(() => {
    box = mountControlled(parents[when]!, 'abcd')
  })

  it('keeps the caret and every character that is typed in the middle (row 79)', async () => {
    const { field, onValueChange, parentKnows } = box
    field.setSelectionRange(2, 2)
    await userEvent.keyboard('one two three')
    expect(field.value).toBe('abone two threecd')
    expect(field.selectionStart).toBe(15)
    expect(onValueChange).toHaveBeenLastCalledWith('abone two threecd')
    await parentKnows()
    expect(field.value).toBe('abone two threecd')
    expect([field.selectionStart, field.selectionEnd]).toEqual([15, 15])
  })

  it('hears that the box is empty after a send (row 79)', async () => {
    const { field, sent, onValueChange, parentKnows } = box
    replay(field, plainEnter())
    expect(sent()).toEqual(['abcd'])
    expect(field.value).toBe('')
    expect(onValueChange).toHaveBeenLastCalledWith('')
    await userEvent.keyboard('e')
    await parentKnows()
    expect(field.value).toBe('e')
  })
})

describe('a parent that holds the text', () => {
  it('may write another, which is no typing', () => {
    const { field, show, calls } = mountControlled(parents['at once']!)
    show({ value: 'hello' })
    expect(field.value).toBe('hello')
    show({ value: '' })
    expect(field.value).toBe('')
    expect(calls()).toEqual([])
  })

  it('renders the same text again without moving the caret (row 79)', () => {
    const { field, show } = mountControlled(parents['at once']!, 'hello')
    field.setSelectionRange(1, 3)
    for (let times = 0; times < 5; times++) show({ value: 'hello', placeholder: String(times) })
    expect([field.selectionStart, field.selectionEnd]).toEqual([1, 3])
  })
})

if (hasInputMethod)
  it('a parent that changes the text leaves alone what is being composed, until it is (row 77, row 79)', async () => {
    const box = openBox({ value: '', onValueChange: (text) => box.show({ value: text.toUpperCase() }) })
    for (const step of ['k', 'ka', 'kan']) {
      await compose(step)
      expect(box.field.value).toBe(step)
    }
    await commit('kan')
    expect(box.field.value).toBe('KAN')
    await userEvent.keyboard('a')
    expect(box.field.value).toBe('KANA')
  })

it('a box without a parent’s text keeps the caret through every render (row 79)', async () => {
  const { field, show } = openBox({ defaultValue: 'abcd' })
  field.setSelectionRange(2, 2)
  await userEvent.keyboard('one')
  show({ placeholder: 'other' })
  await userEvent.keyboard('two')
  expect(field.value).toBe('abonetwocd')
  expect(field.selectionStart).toBe(8)
})

describe('the caret is behind a text that the host writes', () => {
  it('later, into a field that never had the focus (row 112)', () => {
    const { field, show } = mountBox({ value: '', onValueChange: () => undefined })
    show({ value: 'Dear Ann, ' })
    field.focus()
    expect(field.selectionStart).toBe('Dear Ann, '.length)
  })

  it('as a template, into an empty field with the focus (row 112)', () => {
    const { field, show } = mountBox({ value: '', onValueChange: () => undefined })
    field.focus()
    show({ value: 'Dear Ann, ' })
    expect(field.selectionStart).toBe('Dear Ann, '.length)
  })
})
