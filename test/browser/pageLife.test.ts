import type { CDPSession } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchLivingChromium, type LivingChromium } from './livingChromium.js'
import { openApp, type OpenApp, type OpenAppOptions } from './openApp.js'
import { serveApp, type ServedApp } from './serveApp.js'

let living: LivingChromium
let served: ServedApp
let app: OpenApp

beforeAll(async () => {
  ;[living, served] = await Promise.all([launchLivingChromium(), serveApp()])
})
afterAll(() => Promise.all([living.close(), served.close()]))
afterEach(async () => {
  await living.context.setOffline(false)
  await app.close()
})

const open = async (options?: OpenAppOptions) => {
  app = await openApp(living.context, served, options)
}
/** Types until the bubble is on. */
const type = async () => {
  await app.press('h')
  await expect.poll(app.status).toBe('active')
  expect(app.sees()).toBe(true)
  expect(app.calls()).toEqual(['start'])
}
const visibility = () => app.page.evaluate(() => document.visibilityState)
/** What kept the page out of the back/forward cache: null where it came from there. */
const whyNotRestored = () =>
  app.page.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation')
    return (
      (entry as (PerformanceEntry & { notRestoredReasons?: unknown }) | undefined)?.notRestoredReasons ?? null
    )
  })
const setWindow = async (devtools: CDPSession, windowState: 'minimized' | 'normal') => {
  const { windowId } = await devtools.send('Browser.getWindowForTarget')
  await devtools.send('Browser.setWindowBounds', { windowId, bounds: { windowState } })
}
const setLife = (state: 'frozen' | 'active') => app.devtools.send('Page.setWebLifecycleState', { state })
/** A page that was frozen stays hidden until it is shown. */
const thaw = async () => {
  await setLife('active')
  await setWindow(app.devtools, 'minimized')
  await setWindow(app.devtools, 'normal')
}

interface Hiding {
  way: string
  hide: () => Promise<unknown>
  show: () => Promise<unknown>
  needsTabs?: boolean
}

const hidings: Hiding[] = [
  {
    way: 'another tab comes to the front',
    hide: () => living.otherTab.bringToFront(),
    show: () => app.page.bringToFront(),
    needsTabs: true,
  },
  {
    way: 'the window is minimised',
    hide: () => setWindow(app.devtools, 'minimized'),
    show: () => setWindow(app.devtools, 'normal'),
  },
  {
    way: 'the page is frozen',
    hide: () => setLife('frozen'),
    show: thaw,
  },
]

describe('a page that is not seen', () => {
  for (const { way, hide, show, needsTabs = false } of hidings)
    it(`has no bubble from the moment when ${way}, nor back in sight until an edit (row 19)`, async (test) => {
      test.skip(needsTabs && !living.hasTabs, 'this Chromium shows every tab at once')
      await open()
      await type()

      await hide()
      await expect.poll(app.sees).toBe(false)
      expect(await visibility()).toBe('hidden')
      expect(app.calls()).toEqual(['start', 'stop'])
      await app.edit('hi')
      await app.edit('hidden')
      expect(app.attempts()).toEqual(['POST', 'DELETE'])

      await show()
      await expect.poll(visibility).toBe('visible')
      await app.settled()
      expect(await app.status()).toBe('idle')
      expect(app.calls()).toEqual(['start', 'stop'])

      await app.press('i')
      await expect.poll(app.sees).toBe(true)
      expect(app.calls()).toEqual(['start', 'stop', 'start'])
    })
})

describe('a page that sleeps', () => {
  it('without a network sends on waking the stop that it owes, and no start (row 61)', async () => {
    await open({ isPaused: true })
    await type()
    await living.context.setOffline(true)
    await setLife('frozen')
    served.clock.advance(30_000)
    expect(app.sees()).toBe(true)

    await living.context.setOffline(false)
    await setLife('active')
    // The stop that failed is followed by none for two seconds.
    await expect
      .poll(async () => {
        await app.pass(500)
        return app.sees()
      })
      .toBe(false)
    await app.pass(2_000)
    expect(app.attempts().filter((method) => method === 'POST')).toHaveLength(1)
    expect(app.attempts().at(-1)).toBe('DELETE')
  })

  it('unseen by its listeners for half a minute ends the bubble when its timers come, late (row 61)', async () => {
    await open({ isPaused: true })
    await type()
    await app.press('i')
    served.clock.advance(30_000)
    await app.page.clock.fastForward(30_000)
    await expect.poll(app.sees).toBe(false)
    await app.pass(2_000)
    expect(app.attempts()).toEqual(['POST', 'DELETE'])
    expect(await app.status()).toBe('idle')
  })

  it('for eight hours with a start that could not be made makes none when it wakes (row 61)', async () => {
    await open({ isPaused: true })
    served.linq.network = () => ({ answer: { status: 500, code: 3001 } })
    await app.press('h')
    await expect.poll(app.status).toBe('waiting')
    served.linq.network = undefined
    served.clock.advance(8 * 3_600_000)
    await app.page.clock.fastForward(8 * 3_600_000)
    await app.pass(20_000)
    expect(app.attempts()).toEqual(['POST'])
    expect(await app.status()).toBe('idle')
  })
})

describe('a page that is left and returned to', () => {
  it('comes back from the back/forward cache idle, and the next edit starts (row 64)', async (test) => {
    test.skip(!living.hasTabs, 'this Chromium has no back/forward cache')
    await open()
    await type()
    await app.page.evaluate(() =>
      addEventListener('pageshow', ({ persisted }) => {
        document.title = persisted ? 'restored' : 'loaded'
      }),
    )

    await app.page.goto(`${served.url}/elsewhere`)
    await expect.poll(app.sees).toBe(false)
    expect(app.calls()).toEqual(['start', 'stop'])

    // A restored page does not load.
    await app.page.goBack({ waitUntil: 'commit' })
    await expect.poll(() => app.page.title()).toBe('restored')
    expect(await whyNotRestored()).toBeNull()
    await app.settled()
    expect(await app.status()).toBe('idle')
    expect(app.calls()).toEqual(['start', 'stop'])

    await app.press('i')
    await expect.poll(app.sees).toBe(true)
    expect(app.calls()).toEqual(['start', 'stop', 'start'])
  })
})
