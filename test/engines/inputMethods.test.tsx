import { userEvent } from 'vitest/browser'
import { describe, expect, it } from 'vitest'
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
