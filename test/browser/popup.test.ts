import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchLivingChromium, type LivingChromium } from './livingChromium.js'
import { serveApp, type ServedApp } from './serveApp.js'

let living: LivingChromium
let served: ServedApp
let opener: Page

beforeAll(async () => {
  ;[living, served] = await Promise.all([launchLivingChromium(), serveApp()])
})
afterAll(() => Promise.all([living.close(), served.close()]))
afterEach(() => opener.close())

/** A page whose box stands in a pop-up, and which is hidden behind another tab. */
async function openPopup() {
  const { linq, url } = served
  const chatId = linq.addChat()
  linq.receive(chatId, 'Are you there?')
  opener = await living.context.newPage()
  await opener.goto(`${url}/?chat=${chatId}&popup`)
  const [popup] = await Promise.all([opener.waitForEvent('popup'), opener.getByRole('button').click()])
  const field = popup.getByRole('textbox', { name: 'Message' })
  await field.waitFor()
  await living.otherTab.bringToFront()
  await expect.poll(() => opener.evaluate(() => document.visibilityState)).toBe('hidden')
  await popup.bringToFront()
  expect(await popup.evaluate(() => document.visibilityState)).toBe('visible')
  return {
    field,
    popup,
    isOpenerHidden: () => opener.evaluate(() => document.visibilityState === 'hidden'),
    sees: () => linq.recipientSees(chatId),
    calls: () =>
      linq.calls
        .filter((call) => call.chatId === chatId && (call.action === 'start' || call.action === 'stop'))
        .map(({ action }) => action),
    messages: () => linq.messages(chatId).map(({ text }) => text),
  }
}

describe('a box in a pop-up whose opener is hidden', () => {
  it('announces typing, as anywhere else (row 93)', async (test) => {
    test.skip(!living.hasTabs, 'this Chromium shows every tab at once')
    const { field, isOpenerHidden, sees, calls } = await openPopup()
    await field.press('h')
    await expect.poll(sees).toBe(true)
    expect(calls()).toEqual(['start'])
    expect(await isOpenerHidden()).toBe(true)
    await field.press('Backspace')
    await expect.poll(calls).toEqual(['start', 'stop'])
  })

  it('ends the bubble at once when the pop-up is closed (row 93)', async (test) => {
    test.skip(!living.hasTabs, 'this Chromium shows every tab at once')
    const { field, popup, sees, calls } = await openPopup()
    await field.press('h')
    await expect.poll(sees).toBe(true)
    await popup.close({ runBeforeUnload: true })
    // Less than the idle timeout.
    await expect.poll(calls, { timeout: 5_000 }).toEqual(['start', 'stop'])
  })

  it('sends with Enter, and grows with its lines (row 93)', async (test) => {
    test.skip(!living.hasTabs, 'this Chromium shows every tab at once')
    const { field, isOpenerHidden, messages } = await openPopup()
    await field.press('h')
    await field.press('Shift+Enter')
    await field.press('i')
    await field.press('Enter')
    await expect.poll(messages).toContain('h\ni')
    expect(await field.inputValue()).toBe('')
    expect(await isOpenerHidden()).toBe(true)
  })
})
