import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchLivingChromium, type LivingChromium } from './livingChromium.js'
import { serveOtherHalf, type ServedOtherHalf } from './serveOtherHalf.js'

let living: LivingChromium
let served: ServedOtherHalf
let pages: Page[] = []
let chat: string

beforeAll(async () => {
  ;[living, served] = await Promise.all([launchLivingChromium(), serveOtherHalf()])
})
afterAll(() => Promise.all([living.close(), served.close()]))
afterEach(async () => {
  served.setAway(false)
  await Promise.all(pages.map((page) => page.close()))
  pages = []
})

interface OpenOptions {
  actor?: string
  /** Whether the page's clock is moved by hand. */
  isPaused?: boolean
}

/** Opens a page in a fresh chat, or in the one of the test. */
async function open({ actor = 'alex', isPaused = false }: OpenOptions = {}): Promise<Page> {
  if (pages.length === 0) chat = served.linq.addChat()
  const page = await living.context.newPage()
  pages.push(page)
  if (isPaused) await page.clock.install()
  await page.goto(`${served.url}/?chat=${chat}&actor=${actor}`)
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
  return page
}

const shown = async (page: Page) => (await page.getByRole('img', { name: 'Ada is typing' }).count()) > 0
const shows = (page: Page, isShown: boolean) => expect.poll(() => shown(page)).toBe(isShown)
const truth = (page: Page) => page.locator('output').textContent()

describe("the recipient's bubble, from their phone to the page", () => {
  it('shows when they begin to type, stays while they write, and goes with their stop', async () => {
    const page = await open()
    await shows(page, false)
    served.linq.recipientTypes(chat)
    await shows(page, true)
    served.linq.recipientTypes(chat)
    served.linq.recipientStops(chat)
    await shows(page, false)
  })

  it('goes with their message', async () => {
    const page = await open()
    served.linq.recipientTypes(chat)
    await shows(page, true)
    served.linq.recipientSends(chat, 'Here I am')
    await shows(page, false)
  })

  it('goes after 90 seconds of nothing, though the stream is lost', async () => {
    const page = await open({ isPaused: true })
    served.linq.recipientTypes(chat)
    await shows(page, true)
    served.setAway(true)
    await page.clock.fastForward(80_000)
    expect(await shown(page)).toBe(true)
    await page.clock.fastForward(11_000)
    await shows(page, false)
  })

  it('shows at once in a page that comes late', async () => {
    const early = await open()
    served.linq.recipientTypes(chat)
    await shows(early, true)
    await shows(await open(), true)
  })

  it('shows in no page that may not see the chat', async () => {
    const [alex, eve] = [await open(), await open({ actor: 'eve' })]
    const said = await eve.evaluateHandle(() => {
      const truth = document.querySelector('output')!
      const changes: string[] = []
      const observer = new MutationObserver(() => changes.push(truth.textContent))
      observer.observe(truth, { childList: true, characterData: true, subtree: true })
      return changes
    })
    served.linq.recipientTypes(chat)
    await shows(alex, true)
    served.linq.recipientStops(chat)
    await shows(alex, false)
    expect([await truth(eve), await said.jsonValue()]).toEqual(['They do not type', []])
  })

  it('tells the truth again when a stream that broke comes back', async () => {
    const page = await open()
    served.linq.recipientTypes(chat)
    await shows(page, true)
    served.setAway(true)
    served.linq.recipientSends(chat, 'Here I am')
    served.setAway(false)
    await shows(page, false)
    served.linq.recipientTypes(chat)
    await shows(page, true)
  })
})

describe('a page that shows who types', () => {
  it('enters the back/forward cache, and shows what is so when it comes back', async (test) => {
    test.skip(!living.hasTabs, 'this Chromium has no back/forward cache')
    const page = await open()
    served.linq.recipientTypes(chat)
    await shows(page, true)
    await page.evaluate(() => Object.assign(window, { isSame: true }))
    await page.goto(`${served.url}/elsewhere`)
    served.linq.recipientStops(chat)
    await page.goBack({ waitUntil: 'commit' })
    expect(await page.evaluate(() => 'isSame' in window)).toBe(true)
    await shows(page, false)
    served.linq.recipientTypes(chat)
    await shows(page, true)
  })

  it('shows a colleague who writes in the chat, and never oneself', async () => {
    const [alex, bo] = [await open(), await open({ actor: 'bo' })]
    await bo.bringToFront()
    await bo.getByRole('textbox', { name: 'Message' }).press('h')
    await expect.poll(() => alex.getByText('Bo is answering', { exact: true }).first().isVisible()).toBe(true)
    expect(await bo.getByText('is answering').count()).toBe(0)
    await bo.getByRole('textbox', { name: 'Message' }).press('Enter')
    await expect
      .poll(() => alex.getByText('Bo is answering', { exact: true }).first().isVisible())
      .toBe(false)
  })

  it('brings its own bubble back when a message of a colleague has wiped it', async () => {
    const page = await open()
    await page.getByRole('textbox', { name: 'Message' }).press('h')
    await expect.poll(() => served.linq.recipientSees(chat)).toBe(true)
    served.linq.send(chat, 'A colleague says hello')
    await expect
      .poll(() => served.linq.timeline(chat).map(({ endedBy }) => endedBy))
      .toEqual(['message', null])
    expect(
      served.linq.calls.filter(({ chatId, action }) => chatId === chat && action === 'start'),
    ).toHaveLength(2)
  })
})
