import { describe, expect, it } from 'vitest'
import { plainEnter } from './inputMethod.js'
import { openBox } from './openBox.js'
import { paste } from './paste.js'
import { replay } from './replay.js'

const flag = '🇪🇺'
const family = '👨‍👩‍👧‍👦'
const thumb = '👍🏽'

describe('a limit of ten characters', () => {
  it('counts an emoji as one: ten of them are sent (row 82)', async () => {
    const { field, root, sent } = openBox({ maxLength: 10 })
    const ten = flag.repeat(4) + family.repeat(3) + thumb.repeat(3)
    await paste(field, ten)
    expect(field.value).toBe(ten)
    expect(root.hasAttribute('data-over-limit')).toBe(false)
    replay(field, plainEnter())
    expect(sent()).toEqual([ten])
  })

  it('cuts nothing of what is pasted beyond it, and says why it is not sent (row 82)', async () => {
    const { field, button, root, sent, calls } = openBox({ maxLength: 10 })
    const tooMuch = 'a'.repeat(9) + flag + family
    await paste(field, tooMuch)
    expect(field.value).toBe(tooMuch)
    expect(calls()).toEqual(['start'])
    expect(root.hasAttribute('data-over-limit')).toBe(true)

    replay(field, [...plainEnter(), ...plainEnter({ ctrlKey: true })])
    button.click()
    expect(sent()).toEqual([])
    expect(field.value).toBe(tooMuch)
    await expect.poll(() => describedBy(field)).not.toBe('')
  })

  it('lets the text go as soon as it fits (row 82)', async () => {
    const { field, root, sent } = openBox({ maxLength: 10 })
    await paste(field, 'a'.repeat(10) + family)
    replay(field, plainEnter())
    expect(sent()).toEqual([])
    replay(field, [
      {
        type: 'input',
        inputType: 'deleteContentBackward',
        data: null,
        replaces: family.length,
      },
    ])
    expect(root.hasAttribute('data-over-limit')).toBe(false)
    replay(field, plainEnter())
    expect(sent()).toEqual(['a'.repeat(10)])
  })

  it('leaves the field without a limit of its own: a browser cuts at the wrong place (row 82)', () => {
    const { field } = openBox({ maxLength: 10 })
    expect(field.hasAttribute('maxlength')).toBe(false)
  })
})

/** What a screen reader adds to the name of a field. */
function describedBy(field: HTMLElement): string {
  const ids = field.getAttribute('aria-describedby')?.split(' ') ?? []
  return ids.map((id) => document.getElementById(id)?.textContent ?? '').join('')
}
