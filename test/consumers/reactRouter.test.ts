import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '../browser/chromium.js'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { serveLinq } from '../../example/server/serveLinq.js'
import { expectBoxInUse, serveDevelopmentLook } from './boxLook.js'
import { checkTypes, copyMounts } from './copyMounts.js'
import { expectCallsToReach } from './expectCallsToReach.js'
import { expectWordToReach, webhookSecret } from './expectWordToReach.js'
import { env, runNode } from './runNode.js'
import type { ServedApp } from './serveApp.js'
import { startServer } from './startServer.js'

const folder = join(import.meta.dirname, '../../compat/reactRouter')
const linq = createLinqEmulator({ inactive: 'shown' })
const mounts = copyMounts('reactRouter', 'reactRouter', 'reactRouterStream', 'reactRouterWebhook')
let upstream: Awaited<ReturnType<typeof serveLinq>>
let browser: Browser
let development: ServedApp
let app: ServedApp | undefined

beforeAll(async () => {
  upstream = await serveLinq(linq)
  Object.assign(env, {
    LINQ_API_V3_API_KEY: 'token',
    LINQ_API_V3_BASE_URL: upstream.baseURL,
    LINQ_WEBHOOK_SECRET: webhookSecret,
  })
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
  await upstream.close()
})

it('an app of React Router has the box in the page from its server (row 86)', async () => {
  expect(await (await fetch(app!.url)).text()).toContain('<textarea')
})

it('an app of React Router has box and bubble as in development, and its calls reach Linq (row 84, row 88)', async () => {
  await expectBoxInUse(browser, app!, development)
})

it('an app of React Router carries calls to Linq by the proxy as in example/mounts/reactRouter.ts', async () => {
  await expectCallsToReach(linq, app!.url, '/api/mounted')
})

it('an app of React Router carries Linq’s word of who types by the mounts of example/mounts', async () => {
  await expectWordToReach(linq, app!.url)
})

it('the mounts of React Router in example/mounts compile', async () => {
  expect(await checkTypes(mounts)).toBe('')
})
