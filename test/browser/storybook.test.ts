import { execFile } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser } from 'playwright'
import { type Connect, preview, type PreviewServer } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from './chromium.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder: string
let site: PreviewServer
let url: string
let browser: Browser
let ids: string[]
/** How long the page of a story or of documentation takes, in milliseconds. */
let pageDelay = 0
const slowly: Connect.NextHandleFunction = ({ url: path }, _answer, next) => {
  if (path?.startsWith('/iframe.html') === true) setTimeout(next, pageDelay)
  else next()
}
let pages: { id: string; title: string; importPath: string }[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'storybook-'))
  await promisify(execFile)('npx', ['storybook', 'build', '--quiet', '--output-dir', folder], {
    cwd: root,
    shell: process.platform === 'win32',
  })
  const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as {
    entries: Record<string, { id: string; title: string; importPath: string }>
  }
  ids = Object.keys(index.entries)
  pages = Object.values(index.entries).filter(({ importPath }) => importPath.endsWith('.mdx'))
  site = await preview({
    configFile: false,
    root: folder,
    build: { outDir: '.' },
    preview: { host: '127.0.0.1', port: 0 },
    plugins: [{ name: 'slowly', configurePreviewServer: ({ middlewares }) => void middlewares.use(slowly) }],
    logLevel: 'error',
  })
  url = site.resolvedUrls?.local[0] ?? ''
  browser = await launchChromium()
}, 300_000)
afterAll(async () => {
  await browser.close()
  await site.close()
  if (existsSync(folder)) rmSync(folder, { recursive: true })
})

it('begins where one starts', () => {
  expect(pages[0]?.title).toBe('Start here')
})

it('shows every page of documentation without an error or a link to nowhere, and asks no other host', async () => {
  expect(pages.length).toBeGreaterThan(7)
  const page = await browser.newPage()
  const complaints: string[] = []
  const elsewhere: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`)
  })
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== new URL(url).origin) elsewhere.push(request.url())
  })

  let linked = 0
  // The first with all that stands around it.
  await page.goto(url)
  await page.frameLocator('#storybook-preview-iframe').locator('.sbdocs-content h1').waitFor()
  for (const { id, importPath } of pages) {
    await page.goto(`${url}iframe.html?viewMode=docs&id=${id}`)
    const content = page.locator('.sbdocs-content')
    await content.locator('h1').waitFor()
    expect(await content.getByText('Something went wrong').count(), id).toBe(0)
    // A table that finds no props is none.
    const source = await readFile(join(root, importPath), 'utf8')
    const tables = source.split('<ArgTypes ').length - 1
    await expect.poll(() => content.locator('.docblock-argstable').count(), { message: id }).toBe(tables)
    const links = await content
      .locator('a[href*="?path="]')
      .evaluateAll((all) =>
        (all as HTMLAnchorElement[]).map(({ href }) => new URL(href).searchParams.get('path')?.split('/')[2]),
      )
    expect(ids, id).toEqual(expect.arrayContaining(links))
    linked += links.length
  }
  expect(linked).toBeGreaterThan(5)
  expect(complaints).toEqual([])
  expect(elsewhere).toEqual([])
  await page.close()
}, 300_000)

it('shows a story after a page of documentation only once its mock answers', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const answeredBy: string[] = []
  page.on('response', (answer) => {
    if (answer.url().includes('/api/linq/')) answeredBy.push(answer.fromServiceWorker() ? 'mock' : 'nobody')
  })
  // The mock goes with the page before; then this page is loaded a second time, from a server that is slow.
  pageDelay = 1_500
  await page.goto(`${url}iframe.html?viewMode=docs&id=hook--docs`)
  await page.locator('.sbdocs-content h1').waitFor()
  await page.goto(`${url}iframe.html?viewMode=story&id=when-it-fails--through-the-proxy`)
  await page.getByText('The message clears the bubble').waitFor()
  expect(answeredBy).toEqual(['mock', 'mock'])
  pageDelay = 0
  await context.close()
}, 60_000)
