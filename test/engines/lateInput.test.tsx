import { userEvent } from 'vitest/browser'
import { describe, expect, it, vi } from 'vitest'
import { compose, hasInputMethod } from './browserInput.js'
import { committingEnters, composed, composing, plainEnter, processKey } from './inputMethod.js'
import { openBox } from './openBox.js'
import { type RecordedEvent, replay } from './replay.js'

const lateSyllable: RecordedEvent = { type: 'input', inputType: 'insertCompositionText', data: '글' }
const hangul: RecordedEvent[] = [
  ...composing('ㅎ', '하', '한'),
  { type: 'compositionend', data: '한' },
  ...composing('ㄱ', '그', '글'),
]

describe('the last syllable of Korean', () => {
  it.each([
    ['Enter', {}],
    ['Ctrl+Enter', { ctrlKey: true }],
  ])('goes with its message by %s, and does not stay in the box (row 65)', async (_, modifier) => {
    const { field, sent } = openBox()
    // One Enter makes two keys: one that the input method takes, one for the field.
    replay(field, [
      ...hangul,
      processKey({ key: 'Enter', ...modifier }),
      { type: 'compositionend', data: '글' },
      ...plainEnter(modifier),
      lateSyllable,
    ])
    expect(sent()).toEqual(['한글'])
    expect(field.value).toBe('')
    await userEvent.keyboard('a')
    expect(field.value).toBe('a')
  })

  it('goes with its message by a click, and does not stay in the box (row 65)', async () => {
    const { field, button, sent } = openBox()
    replay(field, hangul)
    const late = vi.fn(() => replay(field, [lateSyllable]))
    document.addEventListener('click', () => setTimeout(late), { once: true })
    await userEvent.click(button)
    await expect.poll(() => late.mock.calls).toHaveLength(1)
    expect(sent()).toEqual(['한글'])
    expect(field.value).toBe('')
    expect(document.activeElement).toBe(field)
    await userEvent.keyboard('a')
    expect(field.value).toBe('a')
    expect(sent()).toEqual(['한글'])
  })

  it('may be typed again for the next message (row 65)', () => {
    const { field, sent } = openBox()
    for (const steps of [['ㄴ', '네'], ['ㄴ', '네'], ['ㅋ'], ['ㅋ']])
      replay(field, [...composing(...steps), ...committingEnters.Chrome!(steps.at(-1)!), ...plainEnter()])
    expect(sent()).toEqual(['네', '네', 'ㅋ', 'ㅋ'])
  })

  if (hasInputMethod)
    it('goes with its message by a click while the browser’s input method composes it (row 65)', async () => {
      const { field, button, sent } = openBox()
      await userEvent.keyboard('a')
      for (const step of ['ㅎ', '하', '한']) await compose(step)
      await userEvent.click(button)
      await expect.poll(sent).toEqual(['a한'])
      expect(field.value).toBe('')
      expect(document.activeElement).toBe(field)
      await userEvent.keyboard('b')
      expect(field.value).toBe('b')
      expect(sent()).toEqual(['a한'])
    })
})

const dictations: Record<string, RecordedEvent[]> = {
  iOS: [
    { type: 'input', inputType: 'insertText', data: 'See' },
    { type: 'input', inputType: 'insertReplacementText', data: 'See you', replaces: 3 },
    { type: 'input', inputType: 'insertReplacementText', data: 'See you soon', replaces: 7 },
  ],
  macOS: [
    { type: 'input', inputType: 'insertText', data: 'See ' },
    { type: 'input', inputType: 'insertText', data: 'you soon' },
    { type: 'input', inputType: 'insertReplacementText', data: 'See you soon', replaces: 12 },
  ],
}

describe.each(Object.keys(dictations))('dictation on %s', (system) => {
  const late: RecordedEvent = { type: 'input', inputType: 'insertReplacementText', data: 'See you soon' }

  it('is typing, and is sent once (row 77)', () => {
    const { field, sent, calls } = openBox()
    replay(field, dictations[system]!)
    expect(calls()).toEqual(['start'])
    expect(field.value).toBe('See you soon')
    replay(field, plainEnter())
    expect(sent()).toEqual(['See you soon'])
  })

  it('that comes back after the send is dropped, once, and starts nothing (row 77)', () => {
    const { field, button, sent, calls } = openBox()
    replay(field, dictations[system]!)
    button.click()
    replay(field, [late])
    expect(field.value).toBe('')
    expect(calls()).toEqual(['start'])
    replay(field, [late])
    expect(field.value).toBe('See you soon')
    expect(sent()).toEqual(['See you soon'])
  })

  it('of other words after the send is kept (row 77)', () => {
    const { field, button } = openBox()
    replay(field, dictations[system]!)
    button.click()
    replay(field, [{ type: 'input', inputType: 'insertText', data: 'And you' }])
    expect(field.value).toBe('And you')
  })
})

it('the same words pasted after the send are kept (row 77)', () => {
  const { field, button, sent } = openBox()
  for (let times = 0; times < 2; times++) {
    field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true }))
    replay(field, [{ type: 'input', inputType: 'insertFromPaste', data: 'again' }])
    expect(field.value).toBe('again')
    button.click()
  }
  expect(sent()).toEqual(['again', 'again'])
})

describe('a soft keyboard of Android', () => {
  const softKey = (init: object = {}) => processKey({ key: 'Unidentified', isComposing: false, ...init })
  const softEnter: RecordedEvent[] = [
    softKey(),
    { type: 'input', inputType: 'insertLineBreak', data: null },
    softKey({ type: 'keyup' }),
  ]

  it('starts typing with its first word, before it is committed (row 56)', () => {
    const { field, calls } = openBox()
    replay(field, [softKey(), { type: 'compositionstart', data: '' }, ...composed('h')])
    expect(calls()).toEqual(['start'])
    replay(field, [softKey({ isComposing: true }), ...composed('hi')])
    expect(field.value).toBe('hi')
  })

  it('starts typing also where it composes nothing (row 56)', () => {
    const { field, calls } = openBox()
    replay(field, [softKey(), { type: 'input', inputType: 'insertText', data: 'h' }])
    expect(calls()).toEqual(['start'])
    expect(field.value).toBe('h')
  })

  it('sends with an Enter that has no key, where Enter sends (row 56)', () => {
    const { field, sent } = openBox({ submitMode: 'enter' })
    replay(field, [...composing('h', 'hi'), { type: 'compositionend', data: 'hi' }, ...softEnter])
    expect(sent()).toEqual(['hi'])
    expect(field.value).toBe('')
  })

  it('breaks the line with it where Enter does (row 56)', () => {
    const { field, sent } = openBox({ submitMode: 'ctrlEnter' })
    replay(field, [...composing('h', 'hi'), { type: 'compositionend', data: 'hi' }, ...softEnter])
    expect(sent()).toEqual([])
    expect(field.value).toBe('hi\n')
  })

  it('does not send with it while it composes (row 56)', () => {
    const { field, sent } = openBox({ submitMode: 'enter' })
    replay(field, [...composing('h', 'hi'), softKey({ isComposing: true })])
    replay(field, [{ type: 'input', inputType: 'insertLineBreak', data: null, isComposing: true }])
    expect(sent()).toEqual([])
  })
})
