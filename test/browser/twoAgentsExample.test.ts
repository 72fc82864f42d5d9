import type { Browser } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clients, hasRedis, startRedis } from '../redis/redisServer.js'
import { launchChromium } from './chromium.js'
import {
  type ExampleWindow,
  openExample,
  type OpenExample,
  serveExample,
  type ServedExample,
} from './openExample.js'

let browser: Browser
let inMemory: ServedExample
let example: ServedExample
let alex: OpenExample
let bo: ExampleWindow
let chat: string

beforeAll(async () => {
  ;[browser, inMemory] = await Promise.all([launchChromium(), serveExample()])
})
afterAll(() => Promise.all([browser.close(), inMemory.close()]))
beforeEach(() => open(inMemory))
afterEach(async () => {
  await alex.close()
  expect(example.log).toEqual([])
})

/** Opens both agents' windows. */
async function open(served: ServedExample) {
  example = served
  alex = await openExample(browser, example)
  chat = await alex.chatId('Ada Park')
  // Linq shows no bubble in a chat without a message in the last five minutes.
  example.linq.receive(chat, 'Are you there?')
  bo = await alex.openSecond()
}

const sees = () => example.linq.recipientSees(chat)
const calls = () => alex.typingCalls().map(({ action }) => action)
/** What a window says about the agents, beside the phone. */
const lines = ({ page }: ExampleWindow) => page.getByRole('list', { name: 'Agents' }).getByRole('listitem')
const says = (window: ExampleWindow, ...texts: string[]) =>
  expect.poll(() => lines(window).allTextContents()).toEqual(texts)
const empty = async (window: ExampleWindow) => {
  await window.press('ControlOrMeta+a')
  await window.press('Backspace')
}

describe('two agents who type in one chat of the example', () => {
  it('keep the bubble on when the first of them stops, and end it with the last', async () => {
    await says(alex, 'Alex isn’t typing.', 'Bo isn’t typing.')
    const begin = alex.now()
    await alex.press('h')
    await bo.press('h')
    expect(calls()).toEqual(['start', 'start'])
    for (const window of [alex, bo]) await says(window, 'Alex is typing.', 'Bo is typing.')

    await alex.pass(6_000)
    await bo.press('i')
    await alex.pass(6_000)
    expect([await alex.status(), await bo.status()]).toEqual(['idle', 'active'])
    expect(sees()).toBe(true)
    expect(calls()).toEqual(['start', 'start'])
    for (const window of [alex, bo])
      await says(window, 'Alex stopped. Linq isn’t told while Bo types.', 'Bo is typing.')

    await alex.pass(6_000)
    expect(await bo.status()).toBe('idle')
    expect(sees()).toBe(false)
    expect(calls()).toEqual(['start', 'start', 'stop'])
    expect(alex.spans(chat)).toMatchObject([{ from: begin, to: begin + 18_000, endedBy: 'stop' }])
    for (const window of [alex, bo]) await says(window, 'Alex isn’t typing.', 'Bo isn’t typing.')
  })

  it('keep the bubble on when one of them empties the box or closes the window', async () => {
    await alex.press('h')
    await bo.press('h')
    await empty(alex)
    await says(alex, 'Alex stopped. Linq isn’t told while Bo types.', 'Bo is typing.')
    await alex.press('h')
    await says(alex, 'Alex is typing.', 'Bo is typing.')
    await bo.page.close({ runBeforeUnload: true })
    await says(alex, 'Alex is typing.', 'Bo stopped. Linq isn’t told while Alex types.')
    expect(sees()).toBe(true)
    await empty(alex)
    expect(sees()).toBe(false)
    expect(calls()).toEqual(['start', 'start', 'start', 'stop'])
  })

  it('bring back the bubble of the one who types on after a message of the other', async () => {
    await bo.press('h')
    for (const key of 'hi') await alex.press(key)
    // What the stream tells comes in its own time, whatever the windows' clocks say.
    const later = async <T>(look: () => T) => {
      await alex.pass(100)
      return look()
    }
    const answering = bo.page.locator('.rlt-bubble-names')
    await expect.poll(() => later(() => answering.allTextContents())).toEqual(['Alex is answering'])
    await alex.press('Enter')
    await alex.pass(1_500)
    const message = example.linq.messages(chat).at(-1)
    expect(message).toMatchObject({ text: 'hi', from: 'us' })
    await expect.poll(() => later(sees)).toBe(true)
    expect(alex.spans(chat)).toMatchObject([{ to: message?.deliveredAt, endedBy: 'message' }, { to: null }])
    expect(calls()).toEqual(['start', 'start', 'start'])
    await says(bo, 'Alex isn’t typing.', 'Bo is typing.')

    await alex.press('a')
    await empty(alex)
    expect(sees()).toBe(true)
    await says(bo, 'Alex stopped. Linq isn’t told while Bo types.', 'Bo is typing.')
    await empty(bo)
    expect(sees()).toBe(false)
    expect(calls()).toEqual(['start', 'start', 'start', 'start', 'stop'])
  })

  it('end the bubble with a stop of the one who is left when the other has sent a message', async () => {
    await alex.press('h')
    await bo.press('h')
    await alex.press('Enter')
    await empty(bo)
    expect(calls()).toEqual(['start', 'start', 'stop'])
    expect(sees()).toBe(false)
    await says(bo, 'Alex isn’t typing.', 'Bo isn’t typing.')
  })
})

describe.skipIf(!hasRedis)('two agents of an example that runs on Redis', () => {
  it('keep the bubble on when the first of them stops, and end it with the last', async () => {
    await alex.close()
    const redis = await startRedis()
    const onRedis = await serveExample({ redisUrl: `redis://127.0.0.1:${redis.port}` })
    const { send, close } = await clients.redis(redis.port)
    try {
      await open(onRedis)
      await alex.press('h')
      await bo.press('h')
      expect(await send('KEYS', '*')).toContainEqual(expect.stringContaining(chat))
      await empty(alex)
      await says(alex, 'Alex stopped. Linq isn’t told while Bo types.', 'Bo is typing.')
      expect(sees()).toBe(true)
      await empty(bo)
      expect(sees()).toBe(false)
      expect(calls()).toEqual(['start', 'start', 'stop'])
    } finally {
      close()
      await onRedis.close()
      await redis.kill()
    }
  })
})

describe('a window of the example', () => {
  it('says who writes in it, and opens the chat that it shows as the other agent', async () => {
    await bo.page.close()
    await alex.choose('Mira Costa')
    bo = await alex.openSecond()
    for (const [{ page }, name] of [[alex, 'Alex'] as const, [bo, 'Bo'] as const]) {
      const current = page.getByRole('navigation', { name: 'You are' }).locator('[aria-current]')
      expect(await current.textContent()).toBe(name)
      expect(await page.title()).toMatch(new RegExp(`^${name} `))
      await page.getByRole('region', { name: 'Conversation: Mira Costa' }).waitFor()
    }
  })

  it('that does not say who writes in it may neither type nor send', async () => {
    const statuses = await alex.page.evaluate(async (chatId) => {
      const body = JSON.stringify({ chatId, text: 'Hello' })
      const headers = { 'content-type': 'application/json', 'x-demo-agent': 'somebody' }
      const typing = await fetch(`/api/linq/v3/chats/${chatId}/typing`, { method: 'POST' })
      const message = await fetch('/api/messages', { method: 'POST', headers, body })
      // Chromium ends no request whose answer nobody reads.
      for (const answer of [typing, message]) await answer.text()
      return [typing.status, message.status]
    }, chat)
    expect(statuses).toEqual([401, 401])
    expect(calls()).toEqual([])
  })
})
