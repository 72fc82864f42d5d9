import type { Browser, Page } from 'playwright'
import { createLinqEmulator, routeTyping } from 'react-linq-typing/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from './chromium.js'

let browser: Browser
let page: Page
const linq = createLinqEmulator()

beforeAll(async () => {
  browser = await launchChromium()
  page = await browser.newPage()
  await page.route('http://app.test/', (route) => route.fulfill({ contentType: 'text/html', body: 'A page' }))
  await page.goto('http://app.test/')
  await routeTyping(page, linq, { url: '**/api/linq/**' })
})
afterAll(() => browser.close())

/** The status that the page gets, or null where the connection broke. */
const ask = (chatId: string, resource: string, method: string, body?: string) =>
  page.evaluate(
    (request) =>
      fetch(request.url, request).then(
        ({ status }) => status,
        () => null,
      ),
    { url: `/api/linq/v3/chats/${chatId}/${resource}`, method, ...(body !== undefined && { body }) },
  )

it('an emulated Linq answers a page that Playwright drives', async () => {
  const chatId = linq.addChat()
  expect(await ask(chatId, 'typing', 'POST')).toBe(204)
  expect(linq.recipientSees(chatId)).toBe(true)
  expect(await ask(chatId, 'typing', 'DELETE')).toBe(204)
  expect(linq.recipientSees(chatId)).toBe(false)
  const body = JSON.stringify({ message: { parts: [{ type: 'text', value: 'Here' }] } })
  expect(await ask(chatId, 'messages', 'POST', body)).toBe(202)
  expect(linq.messages(chatId)).toMatchObject([{ text: 'Here' }])
})

it('a connection that breaks at the emulated Linq breaks in that page', async () => {
  linq.network = () => ({ up: 'reset' })
  expect(await ask(linq.addChat(), 'typing', 'POST')).toBeNull()
})
