import { createAdaptorServer } from '@hono/node-server'
import { LinqAPIV3 } from '@linqapp/sdk'
import type { Server } from 'node:http'
import type { Browser, BrowserContext } from 'playwright'
import { createTypingProxy } from 'react-linq-typing/server'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { listen, shut } from '../../example/server/listen.js'
import { launchChromium } from './chromium.js'
import { openApp } from './openApp.js'
import { serveApp, type ServedApp } from './serveApp.js'

let browser: Browser
let context: BrowserContext
let served: ServedApp
let server: Server
let proxy: string

beforeAll(async () => {
  ;[browser, served] = await Promise.all([launchChromium(), serveApp()])
  const answer = createTypingProxy({
    linq: new LinqAPIV3({ apiKey: 'any', fetch: served.linq.fetch }),
    allowedOrigins: [served.url],
    authorize: ({ headers }) => headers.get('x-app') === 'inbox',
  })
  server = createAdaptorServer({ fetch: answer, overrideGlobalObjects: false }) as Server
  proxy = `http://127.0.0.1:${await listen(server, 0)}`
})
afterAll(() => Promise.all([browser.close(), served.close(), shut(server)]))
beforeEach(async () => {
  context = await browser.newContext()
})
afterEach(() => context.close())

const open = (chat = {}) => openApp(context, served, { chat, proxy })

it('a page on another origin than its proxy starts and stops (row 121)', async () => {
  const app = await open()
  await app.press('h')
  await expect.poll(app.status).toBe('active')
  expect(app.sees()).toBe(true)
  await app.press('Backspace')
  await expect.poll(app.status).toBe('idle')
  expect(app.sees()).toBe(false)
  expect(app.calls()).toEqual(['start', 'stop'])
})

it('is told why Linq refuses, and calls no more (row 121)', async () => {
  const app = await open({ isGroup: true })
  await app.press('h')
  await expect.poll(app.status).toBe('unavailable')
  await app.press('i')
  await app.settled()
  expect(app.calls()).toEqual(['start'])
})

it('that is closed turns off its bubble (row 121)', async () => {
  const app = await open()
  await app.press('h')
  await expect.poll(app.status).toBe('active')
  await app.close()
  await expect.poll(app.sees).toBe(false)
  expect(app.calls()).toEqual(['start', 'stop'])
})
