import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../browser/chromium.js'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { serveLinq } from '../../example/server/serveLinq.js'
import { expectBoxInUse, serveDevelopmentLook } from './boxLook.js'
import { copyMounts } from './copyMounts.js'
import { expectCallsToReach } from './expectCallsToReach.js'
import { expectWordToReach, webhookSecret } from './expectWordToReach.js'
import { env, runNode } from './runNode.js'
import type { ServedApp } from './serveApp.js'
import { startServer } from './startServer.js'

const folder = join(import.meta.dirname, '../../compat/next')
const next = 'node_modules/next/dist/bin/next'
const linq = createLinqEmulator({ inactive: 'shown' })
let upstream: Awaited<ReturnType<typeof serveLinq>>
let browser: Browser
let development: ServedApp

beforeAll(async () => {
  copyMounts('next', 'next', 'nextStream', 'nextWebhook')
  upstream = await serveLinq(linq)
  Object.assign(env, {
    NEXT_TELEMETRY_DISABLED: '1',
    LINQ_API_V3_API_KEY: 'token',
    LINQ_API_V3_BASE_URL: upstream.baseURL,
    LINQ_WEBHOOK_SECRET: webhookSecret,
  })
  browser = await launchChromium()
  development = await serveDevelopmentLook()
})
afterAll(async () => {
  await browser.close()
  await development.close()
  await upstream.close()
})

describe.each([
  ['Turbopack', '--turbopack'],
  ['webpack', '--webpack'],
])('an app of Next with cacheComponents, built with %s', (_, bundler) => {
  let app: ServedApp | undefined

  beforeAll(async () => {
    const { code, stdout, stderr } = await runNode(folder, next, 'build', bundler)
    if (code !== 0) throw new Error(`next build failed: ${stdout}${stderr}`)
    app = await startServer(folder, next, 'start', '--hostname', 'localhost')
  })
  afterAll(() => app?.close())

  it('takes the box and the policy from the package in a server component (row 86, row 89)', async () => {
    const html = await (await fetch(app!.url)).text()
    expect(html).toContain('<textarea')
    expect(html).toContain('Idle after 10000 ms')
  })

  it('renders the bubble and both hooks on its server, where nobody types and nothing is asked for (row 89)', async () => {
    const html = await (await fetch(app!.url)).text()
    expect(html).toContain('They are quiet, 0 of us type')
    expect(html).toContain('role="status" class="rlt-bubble-status"></span>')
    expect(html).not.toContain('rlt-bubble-dots')
  })

  it('has box and bubble as in development, and its calls reach Linq through a route handler (row 84, row 86, row 88, row 90)', async () => {
    await expectBoxInUse(browser, app!, development)
  })

  it('carries a page’s calls to Linq where the proxy is mounted as in example/mounts/next.ts', async () => {
    await expectCallsToReach(linq, app!.url, '/api/mounted')
  })

  it('carries Linq’s word of who types to the pages that may see it, by the mounts of example/mounts', async () => {
    await expectWordToReach(linq, app!.url)
  })
})
