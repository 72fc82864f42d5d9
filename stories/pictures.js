// npm run pictures: docs/pictures, as README.md shows them, from a Storybook that was just built.
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createServer, preview } from 'vite'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))

// Node 20 does not read TypeScript, so Vite loads what finds Chromium.
const loader = await createServer({
  configFile: false,
  root: path('..'),
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  appType: 'custom',
  logLevel: 'warn',
})
const { launchChromium } = await loader.ssrLoadModule('/test/browser/chromium.ts')
const site = await preview({
  configFile: false,
  root: path('..'),
  build: { outDir: 'storybook-static' },
  preview: { host: '127.0.0.1', port: 6116 },
  logLevel: 'warn',
})
const [url] = site.resolvedUrls.local
const browser = await launchChromium()
mkdirSync(path('../docs/pictures'), { recursive: true })

for (const colorScheme of ['light', 'dark']) {
  const page = await browser.newPage({
    colorScheme,
    // Still dots make the same picture each time.
    reducedMotion: 'reduce',
    viewport: { width: 1240, height: 900 },
    deviceScaleFactor: 2,
  })
  await page.clock.install()
  await page.goto(`${url}iframe.html?id=start-here--docs&viewMode=docs`)
  const stage = page.locator('.docs-both-ends').first()
  const field = stage.getByRole('textbox', { name: 'Message' })
  await field.waitFor()
  await page.clock.pauseAt(Date.now() + 60_000)
  const write = async (text) => {
    for (const key of text) {
      await field.press(key)
      await page.clock.runFor(key === ' ' ? 700 : 250)
    }
  }
  // With a pause in which the bubble goes off.
  await write('Yes! ')
  await page.clock.runFor(20_000)
  await write('Come by whenever you like, we are h')
  await stage.getByText('is typing').waitFor({ state: 'attached' })
  await stage.screenshot({ path: path(`../docs/pictures/both-ends-${colorScheme}.png`) })
  await page.close()
}

await browser.close()
await site.close()
await loader.close()
