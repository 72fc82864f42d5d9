import { join } from 'node:path'
import type { BubbleSpan, LinqCall, LinqEmulator } from 'react-linq-typing/testing'
import type { Browser, Page, Request, Response } from 'playwright'
import { inject } from 'vitest'
import { startExample } from '../../example/server/startExample.js'
import { createManualClock, type ManualClock } from './manualClock.js'

/** A window of the example, in which one agent writes. */
export interface ExampleWindow {
  page: Page
  press: (key: string) => Promise<void>
  choose: (chat: string) => Promise<void>
  status: () => Promise<string | null>
}

export interface OpenExample extends ExampleWindow {
  linq: LinqEmulator
  url: string
  /** Every answer that reached the browser, with its body. */
  answers: { url: string; status: number; text: string }[]
  /** Lets time pass, in every window and at Linq alike. */
  pass: (milliseconds: number) => Promise<void>
  /** Resolves when every call of a window was answered and the window has seen it. */
  settled: () => Promise<void>
  /** Opens a second window by the link in the first. */
  openSecond: () => Promise<ExampleWindow>
  /** The id of the chat with this name. */
  chatId: (name: string) => Promise<string>
  /** The typing calls since the page was opened, in order. */
  typingCalls: () => LinqCall[]
  /** What the recipient of a chat saw since the page was opened. */
  spans: (chatId: string) => BubbleSpan[]
  now: () => number
  close: () => Promise<void>
}

const step = 3_000

export interface ServedExample {
  url: string
  linq: LinqEmulator
  clock: ManualClock
  /** What the server says of typing calls that failed. */
  log: readonly string[]
  close: () => Promise<void>
}

/** The example app, as `npm start` runs it, but for Linq's clock and a page that is built. */
export async function serveExample({ redisUrl }: { redisUrl?: string } = {}): Promise<ServedExample> {
  const clock = createManualClock(new Date('2026-01-05T10:00:00Z').getTime())
  const log: string[] = []
  const { url, emulator, close } = await startExample({
    port: 0,
    clock,
    redisUrl,
    page: join(inject('pages'), 'example'),
    log: (line) => log.push(line),
  })
  if (emulator === null) throw new Error('the example runs without an emulated Linq')
  // They are signed by Linq's clock, and verified by the server's.
  emulator.webhooks = undefined
  return { url, linq: emulator, clock, log, close }
}

/** A fresh page of the example, in a browser whose clock goes with Linq's. */
export async function openExample(
  browser: Browser,
  { url, linq, clock }: ServedExample,
): Promise<OpenExample> {
  const callsBefore = linq.calls.length
  const begin = clock.now()
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()

  const answers: OpenExample['answers'] = []
  const underWay = new Set<Promise<void>>()
  const read = async (response: Response) => {
    const headers = JSON.stringify(await response.allHeaders())
    const isStream = response.headers()['content-type']?.startsWith('text/event-stream') === true
    const body = isStream ? '' : await response.text().catch(() => '')
    answers.push({ url: response.url(), status: response.status(), text: headers + body })
  }
  context.on('response', (response) => {
    const reading = read(response).catch(() => undefined)
    underWay.add(reading)
    void reading.finally(() => underWay.delete(reading))
  })
  const calls = new Set<Request>()
  let onAnswered = () => {}
  const forget = (request: Request) => {
    if (calls.delete(request) && calls.size === 0) onAnswered()
  }
  context.on('request', (request) => {
    if (request.url().includes('/api/linq/') || request.url().endsWith('/api/messages')) calls.add(request)
  })
  context.on('requestfinished', forget)
  context.on('requestfailed', forget)

  await page.clock.install({ time: begin })
  await page.goto(url)
  await fieldOf(page).waitFor()
  await page.clock.pauseAt(begin + 60_000)
  clock.advance(60_000)

  const settled = async () => {
    const turn = () => Promise.all(context.pages().map((one) => one.evaluate(() => Promise.resolve())))
    // A window may only just be about to call.
    await turn()
    if (calls.size > 0) await new Promise<void>((resolve) => (onAnswered = resolve))
    await turn()
  }

  const inWindow = (one: Page): ExampleWindow => ({
    page: one,
    async press(key) {
      await fieldOf(one).press(key)
      await settled()
    },
    async choose(chat) {
      await one.getByRole('navigation', { name: 'Chats' }).getByText(chat, { exact: true }).click()
      await settled()
    },
    status: () => one.locator('form[data-typing]').getAttribute('data-typing'),
  })

  return {
    ...inWindow(page),
    linq,
    url,
    answers,
    settled,
    async pass(milliseconds) {
      for (let left = milliseconds; left > 0; left -= step) {
        clock.advance(Math.min(step, left))
        await page.clock.runFor(Math.min(step, left))
        await settled()
      }
    },
    async openSecond() {
      const link = page.getByRole('link', { name: 'Open a second window' })
      const [second] = await Promise.all([page.waitForEvent('popup'), link.click()])
      await fieldOf(second).waitFor()
      return inWindow(second)
    },
    async chatId(name) {
      const answer = await page.request.get(new URL('/api/chats', url).href)
      const { chats } = (await answer.json()) as { chats: { id: string; name: string }[] }
      const chat = chats.find((one) => one.name === name)
      if (chat === undefined) throw new Error(`no chat is called ${name}`)
      return chat.id
    },
    typingCalls: () =>
      linq.calls.slice(callsBefore).filter(({ action }) => action === 'start' || action === 'stop'),
    spans: (chatId) => linq.timeline(chatId).filter(({ from }) => from >= begin + 60_000),
    now: () => clock.now(),
    async close() {
      await Promise.all(underWay)
      await context.close()
    },
  }
}

function fieldOf(page: Page) {
  return page.getByRole('textbox', { name: 'Message' })
}
