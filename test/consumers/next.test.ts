import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../browser/chromium.js'
import { expectBoxInUse, serveDevelopmentLook } from './boxLook.js'
import { env, runNode } from './runNode.js'
import type { ServedApp } from './serveApp.js'
import { startServer } from './startServer.js'

const folder = join(import.meta.dirname, '../../compat/next')
const next = 'node_modules/next/dist/bin/next'
let browser: Browser
let development: ServedApp

beforeAll(async () => {
  env.NEXT_TELEMETRY_DISABLED = '1'
  browser = await launchChromium()
  development = await serveDevelopmentLook()
})
afterAll(async () => {
  await browser.close()
  await development.close()
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

  it('has the box as in development, and its calls reach Linq through a route handler (row 84, row 86, row 88, row 90)', async () => {
    await expectBoxInUse(browser, app!, development)
  })
})
