import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '../browser/chromium.js'
import { expectBoxInUse, serveDevelopmentLook } from './boxLook.js'
import { runNode } from './runNode.js'
import type { ServedApp } from './serveApp.js'
import { startServer } from './startServer.js'

const folder = join(import.meta.dirname, '../../compat/reactRouter')
let browser: Browser
let development: ServedApp
let app: ServedApp | undefined

beforeAll(async () => {
  browser = await launchChromium()
  development = await serveDevelopmentLook()
  const { code, stdout, stderr } = await runNode(folder, 'node_modules/@react-router/dev/bin.js', 'build')
  if (code !== 0) throw new Error(`react-router build failed: ${stdout}${stderr}`)
  app = await startServer(folder, 'node_modules/@react-router/serve/bin.js', 'dist/server/index.js')
})
afterAll(async () => {
  await browser.close()
  await development.close()
  await app?.close()
})

it('an app of React Router has the box in the page from its server (row 86)', async () => {
  expect(await (await fetch(app!.url)).text()).toContain('<textarea')
})

it('an app of React Router has the box as in development, and its calls reach Linq (row 84, row 88)', async () => {
  await expectBoxInUse(browser, app!, development)
})
