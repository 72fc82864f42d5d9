import type { BubbleSpan, LinqCall, LinqEmulator } from 'react-linq-typing/testing'
import type { Browser, Page, Request, Response } from 'playwright'
import { startExample } from '../../example/server/startExample.js'
import { createManualClock, type ManualClock } from './manualClock.js'

export interface OpenExample {
  page: Page
  linq: LinqEmulator
  url: string
  /** Every answer that reached the browser, with its body. */
  answers: { url: string; status: number; text: string }[]
  /** Lets time pass, in the browser and at Linq alike. */
  pass: (milliseconds: number) => Promise<void>
  /** Resolves when every call of the page was answered and the page has seen it. */
  settled: () => Promise<void>
  press: (key: string) => Promise<void>
  choose: (chat: string) => Promise<void>
  /** The id of the chat with this name. */
  chatId: (name: string) => Promise<string>
  /** The typing calls since the page was opened, in order. */
  typingCalls: () => LinqCall[]
  /** What the recipient of a chat saw since the page was opened. */
  spans: (chatId: string) => BubbleSpan[]
  status: () => Promise<string | null>
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

/** The example app, as `npm start` runs it, but for Linq's clock. */
export async function serveExample(): Promise<ServedExample> {
  const clock = createManualClock(new Date('2026-01-05T10:00:00Z').getTime())
  const log: string[] = []
  const { url, emulator, close } = await startExample({ port: 0, clock, log: (line) => log.push(line) })
  if (emulator === null) throw new Error('the example runs without an emulated Linq')
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
  page.on('response', (response) => {
    const reading = read(response).catch(() => undefined)
    underWay.add(reading)
    void reading.finally(() => underWay.delete(reading))
  })
  const calls = new Set<Request>()
  let onAnswered = () => {}
  const forget = (request: Request) => {
    if (calls.delete(request) && calls.size === 0) onAnswered()
  }
  page.on('request', (request) => {
    if (request.url().includes('/api/linq/') || request.url().endsWith('/api/messages')) calls.add(request)
  })
  page.on('requestfinished', forget)
  page.on('requestfailed', forget)

  await page.clock.install({ time: begin })
  await page.goto(url)
  const field = page.getByRole('textbox', { name: 'Message' })
  await field.waitFor()
  await page.clock.pauseAt(begin + 60_000)
  clock.advance(60_000)

  const settled = async () => {
    // The page may only just be about to call.
    await page.evaluate(() => Promise.resolve())
    if (calls.size > 0) await new Promise<void>((resolve) => (onAnswered = resolve))
    await page.evaluate(() => Promise.resolve())
  }

  return {
    page,
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
    async press(key) {
      await field.press(key)
      await settled()
    },
    async choose(chat) {
      await page.getByRole('navigation', { name: 'Chats' }).getByText(chat, { exact: true }).click()
      await settled()
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
    status: () => page.locator('form[data-typing]').getAttribute('data-typing'),
    now: () => clock.now(),
    async close() {
      await Promise.all(underWay)
      await context.close()
    },
  }
}
