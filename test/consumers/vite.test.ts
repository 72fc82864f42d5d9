import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { brotliCompressSync } from 'node:zlib'
import { launchChromium } from '../browser/chromium.js'
import { expectBoxInUse, serveDevelopmentLook } from './boxLook.js'
import { buildWithVite, type ViteApp } from './buildWithVite.js'
import { serveApp, type ServedApp } from './serveApp.js'

const ours = 'react-linq-typing/styles.css'
let browser: Browser
let development: ServedApp

beforeAll(async () => {
  browser = await launchChromium()
  development = await serveDevelopmentLook()
})
afterAll(async () => {
  await browser.close()
  await development.close()
})

async function serveBuilt(app: ViteApp) {
  const folder = await buildWithVite(app)
  const served = await serveApp(folder)
  onTestFinished(async () => {
    await served.close()
    rmSync(folder, { recursive: true })
  })
  return { ...served, folder }
}

const bare: [string, string[]] = ['declares no color-scheme', [ours]]
const scheme: [string, string[]] = ['declares color-scheme', ['/styles/colorScheme.css', ours]]
const before: [string, string[]] = ['resets everything before', ['/styles/resets.css', ours]]
const after: [string, string[]] = ['resets everything after', [ours, '/styles/resets.css']]
const starter: [string, string[]] = ['has the starter’s look', [ours, '/styles/starter.css']]

describe.each([
  [8, [bare, scheme, before, after, starter]],
  [7, [bare, scheme, after]],
] as const)('an app that Vite %i built', (version, looks) => {
  it.each(looks)(
    'and that %s has box and bubble as in development, and its calls come (row 88, row 90)',
    async (_, styles) => {
      await expectBoxInUse(browser, await serveBuilt({ version, styles }), development)
    },
  )
})

describe('an app with Tailwind', () => {
  it.each([
    ['3', 'before', 3, ['/styles/tailwind3.css', ours]],
    ['3', 'after', 3, [ours, '/styles/tailwind3.css']],
    ['4', 'before', 4, ['/styles/tailwind4ThenBox.css']],
    ['4', 'after', 4, ['/styles/boxThenTailwind4.css']],
  ] as const)(
    '%s %s the sheet has box and bubble as in development, and a utility wins (row 90)',
    async (_, __, tailwind, styles) => {
      const app = await serveBuilt({ tailwind, styles })
      await expectBoxInUse(browser, app, development)
      expect(await gapOf(app)).toBe('36px')
    },
  )

  it.each([
    ['before', ['/styles/tailwind4.css', ours]],
    ['after', [ours, '/styles/tailwind4.css']],
  ])(
    '4 %s the sheet, which is in no layer, has box and bubble as in development (row 90)',
    async (_, styles) => {
      await expectBoxInUse(browser, await serveBuilt({ tailwind: 4, styles }), development)
    },
  )
})

it('the stylesheet, built, is at most 1.8 kB', async () => {
  const { folder } = await serveBuilt({ styles: [ours] })
  const [sheet] = readdirSync(join(folder, 'assets')).filter((file) => file.endsWith('.css'))
  expect(brotliCompressSync(readFileSync(join(folder, 'assets', sheet!))).length).toBeLessThanOrEqual(1_800)
})

async function gapOf({ url }: ServedApp) {
  const page = await browser.newPage()
  await page.goto(url)
  const gap = await page.locator('.rlt-compose').evaluate((element) => getComputedStyle(element).rowGap)
  await page.close()
  return gap
}
