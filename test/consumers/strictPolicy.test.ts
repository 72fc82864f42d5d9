import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../browser/chromium.js'
import { expectBoxInUse, serveDevelopmentLook } from './boxLook.js'
import { buildWithVite } from './buildWithVite.js'
import { serveApp, type ServedApp } from './serveApp.js'

const styles = ['react-linq-typing/styles.css']
const headers = { 'content-security-policy': "default-src 'self'; style-src 'self'" }
let browser: Browser
let development: ServedApp
let app: ServedApp
const folders: string[] = []

beforeAll(async () => {
  browser = await launchChromium()
  development = await serveDevelopmentLook()
  folders.push(await buildWithVite({ styles }), await buildWithVite({ styles, ssr: true }))
  const [client = '', server = ''] = folders
  const script = readdirSync(server).find((file) => file.startsWith('server.'))!
  const { render } = (await import(/* @vite-ignore */ pathToFileURL(join(server, script)).href)) as {
    render: (props: object) => string
  }
  const page = (html: string, query: object) =>
    html.replace('<div id="root"></div>', `<div id="root">${render(query)}</div>`)
  app = await serveApp(client, { page, headers })
})
afterAll(async () => {
  await browser.close()
  await development.close()
  await app.close()
  for (const folder of folders) rmSync(folder, { recursive: true })
})

describe('on a page from a server whose policy allows no inline style', () => {
  it('box and bubble are as in development, its calls come, and nothing is refused (row 98)', async () => {
    await expectBoxInUse(browser, app, development)
  })

  it.each([
    ['twenty-one lines are as high as maxRows says', 21, 5],
    ['one line is as high as minRows says', 1, 3],
  ])('%s, and nothing is refused (row 98)', async (_, lines, rows) => {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    const text = Array.from({ length: lines }, (_line, index) => `line ${index + 1}`).join('\n')
    const props = new URLSearchParams({ text, minRows: '3', maxRows: '5' })
    await page.goto(`${app.url}&${props}`)
    const field = page.getByRole('textbox', { name: 'Message' })
    expect(await field.inputValue()).toBe(text)
    const shown = () =>
      field.evaluate(
        (element: HTMLTextAreaElement) =>
          (element.clientHeight - 16) / parseFloat(getComputedStyle(element).lineHeight),
      )
    await expect.poll(shown, { timeout: 10_000 }).toBe(rows)
    expect(complaints).toEqual([])
    await page.close()
  })
})
