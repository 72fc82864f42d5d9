import type { Browser, BrowserContext } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchChromium } from './chromium.js'
import { openApp, type OpenApp, type OpenAppOptions } from './openApp.js'
import { serveApp, type ServedApp } from './serveApp.js'

let browser: Browser
let context: BrowserContext
let served: ServedApp
let app: OpenApp

beforeAll(async () => {
  ;[browser, served] = await Promise.all([launchChromium(), serveApp()])
})
afterAll(() => Promise.all([browser.close(), served.close()]))
beforeEach(async () => {
  context = await browser.newContext()
})
afterEach(() => context.close())

const open = async (options?: OpenAppOptions) => {
  app = await openApp(context, served, options)
}
/** Types until the bubble is on. */
const type = async () => {
  await app.press('h')
  await expect.poll(app.status).toBe('active')
  expect(app.sees()).toBe(true)
  expect(app.calls()).toEqual(['start'])
}
/**
 * Takes every connection that the browser may have to the server, from another page: what this one calls from now on
 * leaves the browser when they are given back.
 */
const takeConnections = async () => {
  const other = await context.newPage()
  await other.goto(`${served.url}/elsewhere`)
  const hanging = () => served.requests.filter(({ path }) => path === '/hang').length
  const before = hanging()
  await other.evaluate(() => {
    for (let left = 6; left > 0; left--) void fetch(`/hang?${left}`).catch(() => undefined)
  })
  await expect.poll(hanging).toBe(before + 6)
  return { giveBack: () => other.close() }
}

describe('a page that goes away while the bubble is on', () => {
  it('ends it when it is closed, by a call that leaves after the page is gone (row 20)', async () => {
    await open()
    await type()
    const connections = await takeConnections()
    await app.page.close({ runBeforeUnload: false })
    expect(app.calls()).toEqual(['start'])
    await connections.giveBack()
    await expect.poll(app.sees).toBe(false)
    expect(app.calls()).toEqual(['start', 'stop'])
  })

  const ways: { way: string; leave: () => Promise<unknown> }[] = [
    { way: 'reloaded', leave: () => app.page.reload() },
    { way: 'left for another', leave: () => app.page.goto(`${served.url}/elsewhere`) },
  ]
  for (const { way, leave } of ways)
    it(`ends it when it is ${way} (row 20)`, async () => {
      await open()
      await type()
      await leave()
      await expect.poll(app.sees).toBe(false)
      expect(app.calls()).toEqual(['start', 'stop'])
    })

  it('ends it by one DELETE that outlives it, without a preflight (row 21)', async () => {
    await open()
    const before = served.requests.length
    await type()
    const connections = await takeConnections()
    // A page of the same host would wait for a connection, too.
    await app.page.goto('about:blank')
    expect(app.calls()).toEqual(['start'])
    await connections.giveBack()
    await expect.poll(app.calls).toEqual(['start', 'stop'])

    const requests = served.requests.slice(before)
    expect(requests.filter(({ method }) => method === 'OPTIONS')).toEqual([])
    const typing = requests.filter(({ path }) => path.endsWith('/typing'))
    expect(typing.map(({ method }) => method)).toEqual(['POST', 'DELETE'])
    for (const { headers } of typing) {
      expect(headers['sec-fetch-site']).toBe('same-origin')
      expect(Object.keys(headers).filter((name) => name === 'content-type' || name.startsWith('x-'))).toEqual(
        [],
      )
    }
  })
})

describe('a page whose renderer is killed', () => {
  it('calls no more, and its bubble is off a lifetime after the last edit (row 20)', async () => {
    await open({ isPaused: true })
    await app.press('a')
    for (let second = 0; second < 48; second += 4) {
      await app.settled()
      await app.pass(4_000)
      await app.press('a')
    }
    await app.settled()
    expect(app.calls()).toEqual(['start', 'start'])
    const crashed = app.page.waitForEvent('crash')
    app.devtools.send('Page.crash').catch(() => undefined)
    await crashed

    served.clock.advance(59_999)
    expect(app.sees()).toBe(true)
    served.clock.advance(1)
    expect(app.sees()).toBe(false)
    expect(app.calls()).toEqual(['start', 'start'])
  })
})

describe('a page that loses its network', () => {
  const states: { state: string; reach: () => Promise<unknown>; isFinal?: boolean }[] = [
    { state: 'idle', reach: () => Promise.resolve() },
    {
      state: 'starting',
      reach: () => {
        served.linq.network = () => ({ down: 'lost' })
        return app.press('h')
      },
    },
    { state: 'active', reach: type },
    {
      state: 'stopping',
      async reach() {
        await type()
        served.linq.network = () => ({ up: 'lost' })
        await app.press('Backspace')
      },
    },
    {
      state: 'waiting',
      reach: () => {
        served.linq.network = () => ({ answer: { status: 500, code: 3001 } })
        return app.press('h')
      },
    },
    {
      state: 'unavailable',
      reach: () => {
        served.linq.updateChat(app.chatId, { isGroup: true })
        return app.press('h')
      },
      isFinal: true,
    },
  ]
  afterEach(() => {
    served.linq.network = undefined
  })

  for (const { state, reach, isFinal = false } of states)
    it(`when ${state} tries seldom, and back online sends what it owes and starts with the next edit (row 35)`, async () => {
      await open({ isPaused: true })
      await reach()
      await expect.poll(app.status).toBe(state)
      const before = app.attempts().length
      const since = () => app.attempts().slice(before)

      await context.setOffline(true)
      served.linq.network = undefined
      for (const key of 'typing') await app.press(key)
      await app.pass(6_000)
      await app.press('s')
      await app.pass(15_000)
      // A start, one more after its wait, a stop, and one more after its wait.
      expect(since().length).toBeLessThanOrEqual(isFinal ? 0 : 5)

      const offline = since().length
      await context.setOffline(false)
      // A call that just failed is followed by none for two seconds.
      await expect
        .poll(async () => {
          await app.pass(500)
          return app.sees()
        })
        .toBe(false)
      await app.pass(6_000)
      expect(since().slice(offline)).not.toContain('POST')

      await app.press('!')
      await app.settled()
      expect(await app.status()).toBe(isFinal ? 'unavailable' : 'active')
      expect(app.sees()).toBe(!isFinal)
    })

  it('for a moment goes on composing under a bubble that is on, without a call (row 35, row 97)', async () => {
    await open({ isPaused: true })
    await type()
    await context.setOffline(true)
    await app.press('i')
    await app.pass(3_000)
    expect(await app.status()).toBe('active')
    await context.setOffline(false)
    await app.press('!')
    await app.pass(2_000)
    expect(app.attempts()).toEqual(['POST'])
    expect(app.sees()).toBe(true)
  })
})
