import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Example, startExample } from '../../example/server/startExample.js'
import { launchChromium } from './chromium.js'

let browser: Browser
let example: Example
const log: string[] = []

beforeAll(async () => {
  ;[browser, example] = await Promise.all([
    launchChromium(),
    startExample({ port: 0, log: (line) => log.push(line) }),
  ])
})
afterAll(async () => {
  await Promise.all([browser.close(), example.close()])
  expect(log).toEqual([])
})

async function open(agent: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(`${example.url}?agent=${agent}`)
  await page.getByRole('textbox', { name: 'Message to Ada Park' }).waitFor()
  return page
}
const bubbles = (page: Page) => page.getByRole('img', { name: 'Ada is typing' })

describe('the example, on real clocks', () => {
  it('shows in the conversation and in the list of chats that Ada writes on her phone, until she sends', async () => {
    const page = await open('alex')
    const phone = page.getByRole('textbox', { name: 'Write as Ada' })
    await phone.fill('I am')
    await expect.poll(() => bubbles(page).count()).toBe(2)
    expect(
      await page
        .getByRole('navigation', { name: 'Chats' })
        .getByRole('img', { name: 'Ada is typing' })
        .isVisible(),
    ).toBe(true)
    await phone.fill('')
    await expect.poll(() => bubbles(page).count()).toBe(0)

    await phone.fill('I am here')
    await expect.poll(() => bubbles(page).count()).toBe(2)
    await phone.press('Enter')
    await expect.poll(() => bubbles(page).count()).toBe(0)
    await expect.poll(() => page.getByRole('log').getByText('I am here').isVisible()).toBe(true)
    await page.close()
  })

  it('shows to each agent that the other one answers', async () => {
    const [alex, bo] = [await open('alex'), await open('bo')]
    for (const [writer, reader, name] of [
      [alex, bo, 'Alex'],
      [bo, alex, 'Bo'],
    ] as const) {
      await writer.getByRole('textbox', { name: 'Message to Ada Park' }).press('h')
      await expect
        .poll(() => reader.locator('.rlt-bubble-names').allTextContents())
        .toEqual([`${name} is answering`])
      await writer.getByRole('textbox', { name: 'Message to Ada Park' }).press('Backspace')
      await expect.poll(() => reader.locator('.rlt-bubble-names').count()).toBe(0)
    }
    await Promise.all([alex.close(), bo.close()])
  })
})
