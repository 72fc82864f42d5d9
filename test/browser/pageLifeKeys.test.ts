import type { Browser } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from './chromium.js'
import { openApp, type OpenApp } from './openApp.js'
import { serveApp, type ServedApp } from './serveApp.js'

let browser: Browser
let served: ServedApp
let app: OpenApp

beforeAll(async () => {
  ;[browser, served] = await Promise.all([launchChromium(), serveApp()])
})
afterAll(() => Promise.all([browser.close(), served.close()]))
afterEach(() => app.page.context().close())

const field = () => app.page.getByRole('textbox', { name: 'Message' })

const arrows = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown']
const modifiers = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'ScrollLock']
const others = ['Escape', 'Tab', 'Insert', 'ContextMenu', 'PrintScreen', 'Pause']
const functions = Array.from({ length: 12 }, (_, index) => `F${index + 1}`)
const shortcuts = [
  ...arrows.flatMap((key) => [`Shift+${key}`, `Control+${key}`]),
  ...['Control+a', 'Control+c', 'Control+Insert', 'Shift+Tab', 'Control+b', 'Alt+1'],
]

describe('keys that print nothing', () => {
  const boxes = [
    { what: 'in an empty box', text: '', more: ['Backspace', 'Delete', 'Enter', 'Control+z', 'Control+x'] },
    { what: 'in a draft', text: 'A draft\nof two lines', more: [] },
  ]
  for (const { what, text, more } of boxes)
    it(`make no call ${what} (row 55)`, async () => {
      app = await openApp(await browser.newContext(), served)
      // A restored draft is no edit.
      await field().evaluate((element: HTMLTextAreaElement, draft) => {
        element.value = draft
      }, text)
      await field().focus()
      for (const key of [...arrows, ...modifiers, ...others, ...functions, ...shortcuts, ...more]) {
        await app.page.keyboard.press(key)
        if (key.endsWith('Tab')) await field().focus()
      }
      expect(await app.page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
      await app.settled()
      expect(await field().inputValue()).toBe(text)
      expect(app.attempts()).toEqual([])
      expect(await app.status()).toBe('idle')

      await app.press('h')
      await expect.poll(app.calls).toEqual(['start'])
    })
})

describe('an input method', () => {
  const openOnPhone = async () => {
    app = await openApp(await browser.newContext({ isMobile: true, hasTouch: true }), served)
    await field().tap()
    await app.page.evaluate(() => {
      for (const type of ['compositionstart', 'compositionend', 'keydown'])
        addEventListener(
          type,
          (event) => {
            const { key } = event as Partial<KeyboardEvent>
            seen.push(key === undefined ? type : `${type} ${key}`)
          },
          true,
        )
      const seen: string[] = []
      Object.assign(window, { seen })
    })
  }
  const seen = () => app.page.evaluate(() => (window as unknown as { seen: string[] }).seen)
  const compose = async (text: string) => {
    const key = { key: 'Unidentified', windowsVirtualKeyCode: 229 }
    await app.devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
    await app.devtools.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
    await app.devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
  }

  it('of a phone starts the bubble with the first letter that it composes, long before it commits any (row 56)', async () => {
    await openOnPhone()
    await compose('h')
    await expect.poll(app.calls).toEqual(['start'])
    await compose('he')
    await compose('hel')
    await app.settled()
    expect(app.sees()).toBe(true)
    expect(app.calls()).toEqual(['start'])
    expect(await field().inputValue()).toBe('hel')
    const key = 'keydown Unidentified'
    expect(await seen()).toEqual([key, 'compositionstart', key, key])

    await compose('')
    await expect.poll(app.calls).toEqual(['start', 'stop'])
    expect(app.sees()).toBe(false)
  })

  it('starts the bubble with a word that it inserts without composing (row 56)', async () => {
    await openOnPhone()
    await app.devtools.send('Input.insertText', { text: 'hello ' })
    await expect.poll(app.calls).toEqual(['start'])
    expect(await seen()).toEqual([])
  })

  it('keeps Enter for itself while it composes; the next one breaks the line, and the button sends (row 56)', async () => {
    await openOnPhone()
    await compose('hello')
    await expect.poll(app.sees).toBe(true)
    await app.page.keyboard.press('Enter')
    await app.settled()
    expect(await seen()).toContain('keydown Enter')
    expect(app.messages()).toEqual([])
    expect(await field().inputValue()).toMatch(/^hello/)

    await app.devtools.send('Input.insertText', { text: 'hello' })
    const text = await field().inputValue()
    await app.page.keyboard.press('Enter')
    expect(await field().inputValue()).toBe(`${text}\n`)
    expect(app.messages()).toEqual([])
    await app.page.getByRole('button', { name: 'Send' }).click()
    await expect.poll(app.messages).toEqual([`${text}\n`])
    expect(await field().inputValue()).toBe('')
    expect(app.calls()).toEqual(['start'])
  })
})
