import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { findChromium } from './chromium.js'

/** A browser whose tabs live as a user's do. */
export interface LivingChromium {
  context: BrowserContext
  /** A tab that is always there. */
  otherTab: Page
  /** Whether it has tabs, of which one is seen, and a back/forward cache: the bare headless shell has neither. */
  hasTabs: boolean
  close: () => Promise<void>
}

/**
 * Starts Chromium without what Playwright adds when it starts one: focus emulation, by which no page is ever hidden, and
 * `--disable-back-forward-cache`.
 */
export async function launchLivingChromium(tries = 3): Promise<LivingChromium> {
  try {
    return await launchOnce()
  } catch (error) {
    // On a loaded machine a browser now and then hangs while it starts.
    if (tries > 1) return launchLivingChromium(tries - 1)
    throw error
  }
}

async function launchOnce(): Promise<LivingChromium> {
  const folder = await mkdtemp(join(tmpdir(), 'living-chromium-'))
  const child = spawn(
    await findChromium({ hasTabs: true }),
    [
      '--headless=new',
      '--remote-debugging-port=0',
      // Nobody talks through the pipe: Chromium ends when it does, and so outlives no test run.
      '--remote-debugging-pipe',
      `--user-data-dir=${folder}`,
      '--no-first-run',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  )
  const exit = once(child, 'exit')
  const connect = async () => {
    const browser = await chromium.connectOverCDP(await readAddress(child.stderr), { noDefaults: true })
    const [context] = browser.contexts()
    if (context === undefined) throw new Error('Chromium started without a window')
    const otherTab = await context.newPage()
    const hasTabs = await otherTab.evaluate(() => 'chrome' in window)
    if (!hasTabs && process.env.NEEDS_TABS === 'yes')
      throw new Error(
        'This Chromium has no tabs, so tests would be skipped. Install one that has, or unset NEEDS_TABS.',
      )
    return { browser, context, otherTab, hasTabs }
  }
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000)
  const gone = exit.then(() => Promise.reject(new Error('Chromium hung while it started')))
  gone.catch(() => undefined)
  const { browser, context, otherTab, hasTabs } = await Promise.race([connect(), gone])
  clearTimeout(late)

  return {
    context,
    otherTab,
    hasTabs,
    async close() {
      const devtools = await browser.newBrowserCDPSession()
      await devtools.send('Browser.close')
      await exit
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function readAddress(stderr: NodeJS.ReadableStream | null): Promise<string> {
  if (stderr === null) throw new Error('Chromium started without an output')
  for await (const line of createInterface(stderr)) {
    const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1]
    if (address !== undefined) return address
  }
  throw new Error('Chromium did not start')
}
