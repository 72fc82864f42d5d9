import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { launchChromium } from '../browser/chromium.js'
import { env, runNode } from './runNode.js'

const folder = join(import.meta.dirname, '../../compat/next')
const next = 'node_modules/next/dist/bin/next'
let server: ChildProcess | undefined
let url: string
let browser: Browser | undefined

const calls = async () => (await (await fetch(`${url}/api/calls`)).json()) as string[]

beforeAll(async () => {
  env.NEXT_TELEMETRY_DISABLED = '1'
  const { code, stdout, stderr } = await runNode(folder, next, 'build')
  if (code !== 0) throw new Error(`next build failed: ${stdout}${stderr}`)
  server = spawn(process.execPath, [next, 'start', '--port', '0', '--hostname', 'localhost'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  url = await new Promise((resolve, reject) => {
    let said = ''
    server!.once('exit', () => reject(new Error(`next start ended: ${said}`)))
    server!.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      const local = /Local:\s+(http:\S+)/.exec((said += chunk))?.[1]
      if (local !== undefined) resolve(local)
    })
  })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  if (server?.exitCode !== null) return
  server.kill()
  await once(server, 'exit')
})

it('a server component of Next takes the box and the policy from the package (row 86)', async () => {
  const html = await (await fetch(url)).text()
  expect(html).toContain('<textarea')
  expect(html).toContain('Idle after 10000 ms')
})

it('a key in a page of Next reaches Linq through the proxy in a route handler (row 84, row 86)', async () => {
  const page = await browser!.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
  const field = page.getByRole('textbox', { name: 'Message' })
  await page.locator('form[data-typing=idle]').waitFor()
  await field.press('h')
  await page.locator('form[data-typing=active]').waitFor()
  expect(await calls()).toEqual(['start'])
  await field.press('Backspace')
  await page.locator('form[data-typing=idle]').waitFor()
  expect(await calls()).toEqual(['start', 'stop'])
  await field.fill('hello')
  await field.press('Enter')
  await vi.waitFor(async () => expect(await calls()).toContain('message'), 10_000)
  expect(complaints).toEqual([])
})
