import type { BrowserContext, CDPSession, Page } from 'playwright'
import type { LinqAction, LinqChatInit } from 'react-linq-typing/testing'
import type { ServedApp } from './serveApp.js'

export interface OpenApp {
  page: Page
  devtools: CDPSession
  chatId: string
  press: (key: string) => Promise<void>
  /** Edits the text as a script does, which needs no focus. */
  edit: (text: string) => Promise<void>
  status: () => Promise<string | null>
  /** Whether the recipient sees the bubble. */
  sees: () => boolean
  /** The typing calls of this page that reached Linq, in order. */
  calls: () => LinqAction[]
  /** The typing calls that this page made, whether or not there was a network. */
  attempts: () => string[]
  /** What was sent from this page. */
  messages: () => string[]
  /** Resolves when whatever the page called reached the server, where there is a network. */
  settled: () => Promise<void>
  /** Lets time pass, at Linq and, where its clock is paused, in the page. */
  pass: (milliseconds: number) => Promise<void>
  close: () => Promise<void>
}

export interface OpenAppOptions {
  chat?: LinqChatInit | undefined
  /** Whether the page's time stands still until it is let pass. @default false */
  isPaused?: boolean | undefined
  /** The origin of the proxy. @default the page's own */
  proxy?: string | undefined
}

const step = 4_000

/** A fresh page of the app, in a chat of its own. */
export async function openApp(
  context: BrowserContext,
  { url, linq, clock }: ServedApp,
  { chat = {}, isPaused = false, proxy }: OpenAppOptions = {},
): Promise<OpenApp> {
  const chatId = linq.addChat(chat)
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  const attempts: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/typing')) attempts.push(request.method())
  })
  if (isPaused) await page.clock.install({ time: clock.now() })
  await page.goto(`${url}/?chat=${chatId}${proxy === undefined ? '' : `&proxy=${proxy}`}`)
  const field = page.getByRole('textbox', { name: 'Message' })
  await field.waitFor()
  if (isPaused) {
    clock.advance(60_000)
    await page.clock.pauseAt(clock.now())
  }

  // What the page called before reaches the server before a second one does.
  const settled = async () => {
    await page.evaluate(async () => {
      for (const fence of [1, 2]) await fetch(`/fence?${fence}`).catch(() => undefined)
    })
  }
  return {
    page,
    devtools,
    chatId,
    settled,
    press: (key) => field.press(key),
    edit: (text) =>
      field.evaluate((element: HTMLTextAreaElement, value) => {
        element.value = value
        element.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }))
      }, text),
    status: () => page.locator('form').getAttribute('data-typing'),
    sees: () => linq.recipientSees(chatId),
    calls: () =>
      linq.calls
        .filter((call) => call.chatId === chatId && (call.action === 'start' || call.action === 'stop'))
        .map(({ action }) => action),
    attempts: () => [...attempts],
    messages: () => linq.messages(chatId).map(({ text }) => text),
    async pass(milliseconds) {
      for (let left = milliseconds; left > 0; left -= step) {
        clock.advance(Math.min(step, left))
        if (isPaused) await page.clock.runFor(Math.min(step, left))
        await settled()
      }
    },
    close: () => page.close(),
  }
}
