import type { Browser } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchChromium } from './chromium.js'
import { openExample, type OpenExample, serveExample, type ServedExample } from './openExample.js'

let browser: Browser
let example: ServedExample
let app: OpenExample

beforeAll(async () => {
  ;[browser, example] = await Promise.all([launchChromium(), serveExample()])
})
afterAll(() => Promise.all([browser.close(), example.close()]))
beforeEach(async () => {
  app = await openExample(browser, example)
  // Linq shows no bubble in a chat without a message in the last five minutes.
  example.linq.receive(await app.chatId(ordinary), 'Are you there?')
})
afterEach(async () => {
  await app.close()
  expect(example.log.slice(logged)).toEqual(failures)
  failures = []
  logged = example.log.length
})

/** What the server is to say of the calls that Linq refused, once a test has ended. */
let failures: unknown[] = []
let logged = 0
const refusedWith = (status: number): unknown => expect.stringContaining(`status ${status},`)

const ordinary = 'Ada Park'
const group = 'Sunday riders'
const field = () => app.page.getByRole('textbox', { name: 'Message' })
const sees = async (name = ordinary) => app.linq.recipientSees(await app.chatId(name))
/** What the recipient saw since the test began. */
const spans = async (name = ordinary) => app.spans(await app.chatId(name))
const calls = () => app.typingCalls().map(({ action }) => action)

describe('the bubble, from real keys in a browser', () => {
  it('is on one round trip after the first key', async () => {
    await app.choose(ordinary)
    expect(await sees()).toBe(false)
    await app.press('h')
    expect(await sees()).toBe(true)
    expect(await app.status()).toBe('active')
    expect(calls()).toEqual(['start'])
    expect(await spans()).toMatchObject([{ from: app.now(), to: null }])
  })

  it('stays on through three minutes of typing, and goes off 10 s after the last key', async () => {
    await app.choose(ordinary)
    const begin = app.now()
    while (app.now() < begin + 180_000) {
      await app.press('a')
      await app.pass(3_000)
    }
    expect(await spans()).toMatchObject([{ from: begin, to: null }])
    // One at the first key, one at the first key 48 s after the last start.
    expect(calls()).toEqual(['start', 'start', 'start', 'start'])
    await app.pass(6_500)
    expect(await sees()).toBe(true)
    await app.pass(500)
    expect(await spans()).toMatchObject([{ from: begin, to: begin + 187_000, endedBy: 'stop' }])
    expect(await app.status()).toBe('idle')
    expect(calls()).toHaveLength(5)
  })

  it('goes off at once when the box is emptied', async () => {
    await app.choose(ordinary)
    await app.press('h')
    await app.press('i')
    await app.press('ControlOrMeta+a')
    await app.press('Backspace')
    expect(await sees()).toBe(false)
    expect(await spans()).toMatchObject([{ to: app.now(), endedBy: 'stop' }])
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('goes off with the message when that is sent, with no call for it', async () => {
    await app.choose(ordinary)
    for (const key of 'hello') await app.press(key)
    await app.press('Enter')
    await expect.poll(() => field().inputValue()).toBe('')
    expect(await sees()).toBe(true)
    await app.pass(60_000)
    const chat = await app.chatId(ordinary)
    const message = app.linq.messages(chat).at(-1)
    expect(message).toMatchObject({ text: 'hello', from: 'us' })
    expect(await spans()).toMatchObject([{ to: message?.deliveredAt, endedBy: 'message' }])
    expect(calls()).toEqual(['start'])
  })

  it('of the old chat ends with a switch of chat, and none starts in the new one', async () => {
    await app.choose(ordinary)
    await app.press('h')
    await app.choose('Mira Costa')
    expect(await sees()).toBe(false)
    await app.pass(20_000)
    expect(calls()).toEqual(['start', 'stop'])
    const [start, stop] = app.typingCalls()
    expect(stop?.chatId).toBe(start?.chatId)
    expect(await app.status()).toBe('idle')
  })
})

describe('a chat that refuses', () => {
  it('is unavailable after one call, and messages still send', async () => {
    failures = [refusedWith(403)]
    await app.choose(group)
    for (let second = 0; second < 20; second++) {
      await app.press('a')
      await app.pass(1_000)
    }
    expect(await app.status()).toBe('unavailable')
    expect(calls()).toEqual(['start'])
    await app.press('Enter')
    await app.pass(5_000)
    expect(app.linq.messages(await app.chatId(group)).at(-1)).toMatchObject({ text: 'a'.repeat(20) })
    expect(calls()).toEqual(['start'])
  })
})

describe('the network’s switches', () => {
  const choose = async (answer: string) => {
    const told = app.page.waitForResponse('**/api/network')
    await app.page.getByRole('radio', { name: answer }).check()
    await told
  }

  it('are all in sight at 1280 × 800', async () => {
    const { y, height } = (await app.page.locator('.choice').last().boundingBox())!
    expect(y + height).toBeLessThanOrEqual(800)
    expect(await app.page.evaluate(() => scrollY)).toBe(0)
  })

  it('take effect at once after a 429, whichever answer is chosen instead', async () => {
    await app.choose(ordinary)
    failures = [refusedWith(429)]
    await choose('429 Too many requests')
    await app.press('h')
    await expect.poll(app.status).toBe('waiting')
    await choose('As usual')
    await expect.poll(app.status).toBe('idle')
    await app.press('i')
    await expect.poll(app.status).toBe('active')
    expect(calls()).toEqual(['start', 'start'])
    expect(await sees()).toBe(true)
  })
})

describe('what reaches the browser', () => {
  it("holds neither Linq's token nor any of its texts", async () => {
    failures = [refusedWith(403), refusedWith(409)]
    for (const chat of [ordinary, group, 'Book club']) {
      await app.choose(chat)
      await app.press('h')
      await app.press('Enter')
      await app.pass(5_000)
    }
    const key = app.linq.calls[0]?.headers.authorization?.replace('Bearer ', '')
    expect(key?.length).toBeGreaterThan(20)
    const refusal = await app.linq.fetch(`http://linq.test/v3/chats/${await app.chatId(group)}/typing`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key ?? ''}` },
    })
    const said = (await refusal.json()) as { error: { message: string; doc_url?: string } }
    expect(app.answers.some(({ url, status }) => url.includes('/api/linq/') && status === 403)).toBe(true)
    expect(app.answers.some(({ url }) => url.endsWith('.js'))).toBe(true)
    for (const secret of [key, said.error.message, said.error.doc_url ?? said.error.message])
      expect(app.answers.filter(({ text }) => text.includes(secret!)).map(({ url }) => url)).toEqual([])
  })
})
