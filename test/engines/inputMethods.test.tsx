import { userEvent } from 'vitest/browser'
import { describe, expect, it, vi } from 'vitest'
import { commit, compose, hasInputMethod, pressProcessEnter } from './browserInput.js'
import { committingEnters, composing, plainEnter } from './inputMethod.js'
import { openBox } from './openBox.js'
import { replay } from './replay.js'

const languages = [
  { language: 'Japanese', steps: ['n', 'に', 'にほ', 'にほん', '日本'] },
  { language: 'Chinese', steps: ['n', 'ni', 'ni h', 'ni hao', '你好'] },
  { language: 'Korean', steps: ['ㅎ', '하', '한'] },
]
const browsers = Object.keys(committingEnters)

describe.each(languages)('$language', ({ steps }) => {
  const text = steps.at(-1)!

  it.each(browsers)('is committed by the Enter of %s, and sent by the next (row 7, row 8)', (browser) => {
    const { field, sent, calls } = openBox()
    replay(field, composing(...steps))
    expect(calls()).toEqual(['start'])
    replay(field, committingEnters[browser]!(text))
    expect(sent()).toEqual([])
    expect(field.value).toBe(text)
    replay(field, plainEnter())
    expect(sent()).toEqual([text])
    expect(field.value).toBe('')
  })

  it('is not sent by Ctrl+Enter before it is committed (row 7)', () => {
    const { field, sent } = openBox()
    replay(field, composing(...steps))
    for (const modifier of [{ ctrlKey: true }, { metaKey: true }])
      replay(field, plainEnter({ keyCode: 229, isComposing: true, then: [], ...modifier }))
    expect(sent()).toEqual([])
    expect(field.value).toBe(text)
  })
})

it('an input method that gives up leaves what was typed before (row 7)', () => {
  const { field, sent } = openBox()
  replay(field, [
    { type: 'input', inputType: 'insertText', data: 'a' },
    ...composing('n', 'に', ''),
    { type: 'compositionend', data: '' },
    ...plainEnter(),
  ])
  expect(sent()).toEqual(['a'])
})

it('an input method that reports its end by no key leaves Enter to send (row 7)', () => {
  const { field, sent } = openBox()
  replay(field, [...composing('h', 'hi'), { type: 'compositionend', data: 'hi' }, ...plainEnter()])
  expect(sent()).toEqual(['hi'])
})

if (hasInputMethod)
  describe('the browser’s own input method', () => {
    it.each(languages)('commits $language by an Enter that sends nothing (row 7)', async ({ steps }) => {
      const { field, sent, calls } = openBox()
      for (const step of steps) await compose(step)
      expect(calls()).toEqual(['start'])
      await pressProcessEnter()
      expect(sent()).toEqual([])
      await commit(steps.at(-1)!)
      expect(sent()).toEqual([])
      await userEvent.keyboard('{Enter}')
      expect(sent()).toEqual([steps.at(-1)])
      expect(field.value).toBe('')
    })
  })

if (hasInputMethod)
  it('a chat that is switched to during a composition has its Enter (row 7)', async () => {
    const { show, linq, sent } = openBox()
    await compose('한')
    show({ chatId: linq.addChat() })
    await userEvent.keyboard('b{Enter}')
    expect(sent()).toEqual(['b'])
  })

if (hasInputMethod)
  describe('a mention picker that writes into what is composed, whose end no browser tells', () => {
    it.each<[string, (field: HTMLTextAreaElement) => void]>([
      ['by a range', (field) => field.setRangeText('@ann ', 0, field.value.length, 'end')],
      ['by its value', (field) => (field.value = '@ann ')],
    ])('%s, leaves Enter to send (row 95)', async (_, write) => {
      const { field, sent } = openBox()
      const ended = vi.fn()
      await compose('あん')
      field.addEventListener('compositionend', ended)
      write(field)
      await userEvent.keyboard('hi{Enter}')
      expect(ended).not.toHaveBeenCalled()
      expect(sent()).toEqual(['@ann hi'])
      expect(field.value).toBe('')
    })

    it('leaves Enter to send as the first key after it (row 95)', async () => {
      const { field, sent } = openBox()
      await compose('あん')
      field.setRangeText('@ann', 0, field.value.length, 'end')
      await userEvent.keyboard('{Enter}')
      expect(sent()).toEqual(['@ann'])
    })

    it('leaves the next composition its Enter (row 95)', async () => {
      const { field, sent } = openBox()
      await compose('あん')
      field.setRangeText('@ann ', 0, field.value.length, 'end')
      await compose('に')
      await pressProcessEnter()
      expect(sent()).toEqual([])
      await commit('に')
      await userEvent.keyboard('{Enter}')
      expect(sent()).toEqual(['@ann に'])
    })

    it('holds up no change of the host’s: the next insertion has it (row 95)', async () => {
      const { field, show } = openBox({
        value: '',
        onValueChange: (text) => show({ value: text.toUpperCase() }),
      })
      await compose('あん')
      field.setRangeText('ann', 0, field.value.length, 'end')
      await commit(' b')
      expect(field.value).toBe('ANN B')
    })
  })
