import { server, userEvent } from 'vitest/browser'
import { describe, expect, it } from 'vitest'
import { command, drop } from './browserInput.js'
import { plainEnter } from './inputMethod.js'
import { openBox } from './openBox.js'
import { paste } from './paste.js'
import { replay } from './replay.js'

/** Writes past React, as extensions and autofill do. */
function writeNatively(field: HTMLTextAreaElement, text: string) {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!.call(field, text)
}

describe('a text that no key wrote is sent as it stands, when it is written', () => {
  it.each<[string, (field: HTMLTextAreaElement) => void]>([
    ['by its property', (field) => (field.value = 'from a script')],
    ['past React', (field) => writeNatively(field, 'from a script')],
    ['by a range', (field) => field.setRangeText('from a script')],
  ])('%s, without an event: that is no typing (row 78)', (_, write) => {
    const { field, sent, calls } = openBox()
    write(field)
    expect(field.value).toBe('from a script')
    replay(field, plainEnter())
    expect(sent()).toEqual(['from a script'])
    expect(field.value).toBe('')
    expect(calls()).toEqual([])
  })

  it.each<[string, (field: HTMLTextAreaElement) => void]>([
    ['past React', (field) => writeNatively(field, 'from a script')],
    ['by a range', (field) => field.setRangeText('from a script')],
  ])('%s, with an event: that is typing (row 78)', async (_, write) => {
    const { field, button, sent, calls } = openBox()
    write(field)
    field.dispatchEvent(new Event('input', { bubbles: true }))
    expect(calls()).toEqual(['start'])
    await userEvent.click(button)
    expect(sent()).toEqual(['from a script'])
  })

  it('by a command, as a script of the page inserts (row 78)', async () => {
    const { field, button, sent, calls } = openBox()
    command('insertText', 'from a script')
    expect(field.value).toBe('from a script')
    expect(calls()).toEqual(['start'])
    await userEvent.click(button)
    expect(sent()).toEqual(['from a script'])
  })

  it('by pasting (row 78)', async () => {
    const { field, sent, calls } = openBox()
    await paste(field, 'two\nlines')
    expect(field.value).toBe('two\nlines')
    expect(calls()).toEqual(['start'])
    await userEvent.keyboard('{Enter}')
    expect(sent()).toEqual(['two\nlines'])
  })

  it('by dropping (row 78)', async () => {
    const { field, sent, calls } = openBox()
    if (server.browser === 'chromium') await drop(field, 'from elsewhere')
    else {
      field.dispatchEvent(new DragEvent('drop', { bubbles: true }))
      replay(field, [{ type: 'input', inputType: 'insertFromDrop', data: 'from elsewhere' }])
    }
    expect(field.value).toBe('from elsewhere')
    expect(calls()).toEqual(['start'])
    replay(field, plainEnter())
    expect(sent()).toEqual(['from elsewhere'])
  })
})

describe('undo', () => {
  // WebKitGTK leaves the shortcut to the application.
  const undo = async () => {
    if (server.browser === 'safari') command('undo')
    else await userEvent.keyboard('{Control>}z{/Control}')
  }

  it('takes back an emoji, then what was typed, and typing ends with the last of it (row 80)', async () => {
    const { field, calls } = openBox()
    await userEvent.keyboard('hi')
    command('insertText', '🎉')
    expect(field.value).toBe('hi🎉')
    await undo()
    expect(field.value).not.toContain('🎉')
    await undo()
    expect(field.value).toBe('')
    await expect.poll(calls).toEqual(['start', 'stop'])
  })

  it('goes back through line breaks and words, and redo brings them again (row 80)', async () => {
    const { field } = openBox()
    await userEvent.keyboard('one{Shift>}{Enter}{/Shift}two')
    for (let steps = 0; steps < 20 && field.value !== ''; steps++) await undo()
    expect(field.value).toBe('')
    command('redo')
    expect(field.value).not.toBe('')
  })
})
