import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { expect, onTestFinished } from 'vitest'
import { motionOf, tellBubble } from './bubbleLook.js'
import { buildWithVite, root } from './buildWithVite.js'
import { serveApp, type ServedApp } from './serveApp.js'

const schemes = ['light', 'dark'] as const
type Scheme = (typeof schemes)[number]

const parts = [
  ...['-row', '-field', '-send', '-notes', '-counter', '-field::placeholder'].map(
    (part) => `.rlt-compose${part}`,
  ),
  // While nobody types, the bubble is there without its dots.
  ...['', '-dots', '-dot', '-status'].map((part) => `.rlt-bubble${part}`),
]
const sides = ['Top', 'Right', 'Bottom', 'Left']
const values = [
  ...sides.flatMap((side) => [
    `border${side}Width`,
    `border${side}Style`,
    `border${side}Color`,
    `padding${side}`,
  ]),
  ...[
    'backgroundColor',
    'backgroundImage',
    'borderTopLeftRadius',
    'boxShadow',
    'color',
    'opacity',
    'outline',
  ],
  ...['display', 'alignItems', 'height', 'minHeight', 'maxHeight', 'overflowY', 'resize', 'position'],
  ...['fontSize', 'fontWeight', 'textAlign', 'textTransform', 'whiteSpace', 'cursor'],
]

export type Look = Record<string, string>

/** What the box and the bubble look like, part by part. */
function lookOf(page: Page): Promise<Look> {
  return page.evaluate(
    ({ parts, values }) => {
      const look: Record<string, string> = {}
      for (const part of parts) {
        const [selector = '', pseudo] = part.split('::')
        const element = document.querySelector(selector)
        if (!element) continue
        const style = getComputedStyle(element, pseudo && `::${pseudo}`)
        for (const value of values) {
          // A border of no width has neither style nor colour, whatever a reset says.
          const [, side] = /^(border[A-Z][a-z]+)(?:Style|Color)$/.exec(value) ?? []
          if (side === undefined || style[`${side}Width` as never] !== '0px')
            look[`${part} ${value}`] = String(style[value as never])
        }
      }
      return look
    },
    { parts, values },
  )
}

/** A fresh page of an app, on a system of a scheme. Nothing is between two colours there. */
async function open(browser: Browser, url: string, colorScheme: Scheme, complaints: string[] = []) {
  const page = await browser.newPage({
    colorScheme,
    reducedMotion: 'reduce',
    viewport: { width: 480, height: 320 },
  })
  onTestFinished(() => page.close())
  page.setDefaultTimeout(20_000)
  await page.context().addCookies([{ name: 'user', value: 'ada', url }])
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) complaints.push(message.text())
  })
  await page.goto(url)
  await page.locator('.rlt-compose[data-typing=idle]').waitFor()
  return page
}

const fieldOf = (page: Page) => page.getByRole('textbox', { name: 'Message' })
const typingIs = (page: Page, status: string) => page.locator(`.rlt-compose[data-typing=${status}]`).waitFor()

/** Serves the box with its stylesheet as it is published, untouched by any build. */
export async function serveDevelopmentLook(): Promise<ServedApp> {
  const sheet = readFileSync(
    createRequire(join(root, 'main.jsx')).resolve('react-linq-typing/styles.css'),
    'utf8',
  )
  const page = (html: string) => html.replace('</head>', `<style>${sheet}</style></head>`)
  return serveApp(await buildWithVite({ styles: [] }), { page })
}

/**
 * Types into the box of an app, on a light system and on a dark one, and lets the other side type. Wants the calls to come,
 * the box to look, empty and written in, as it does where nothing touched its stylesheet on a page of the same
 * `color-scheme`, and the bubble to look and move as it does there.
 */
export async function expectBoxInUse(
  browser: Browser,
  app: ServedApp,
  development: ServedApp,
): Promise<void> {
  for (const scheme of schemes) {
    const complaints: string[] = []
    const page = await open(browser, app.url, scheme, complaints)
    const reference = await open(browser, development.url, scheme)
    const declared = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
    await reference.evaluate((value) => (document.documentElement.style.colorScheme = value), declared)
    const expectSameLook = async () => {
      const wanted = await lookOf(reference)
      expect(await lookOf(page), `on a ${scheme} system, color-scheme: ${declared}`).toEqual(wanted)
    }

    await expectSameLook()
    const before = (await app.calls()).length
    const calls = async () => (await app.calls()).slice(before)
    for (const each of [page, reference]) {
      await fieldOf(each).press('h')
      await typingIs(each, 'active')
    }
    for (const each of [page, reference]) await tellBubble(each, 'typing')
    await expectSameLook()
    expect((await lookOf(page))['.rlt-bubble-dot backgroundColor']).toMatch(/^rgb\(/)
    expect(await motionOf(page)).toEqual(await motionOf(reference))
    await picture(page, scheme)
    await tellBubble(page, 'idle')
    expect(await calls()).toEqual(['start'])
    await fieldOf(page).press('Backspace')
    await typingIs(page, 'idle')
    expect(await calls()).toEqual(['start', 'stop'])
    await fieldOf(page).fill('hello')
    await fieldOf(page).press('Enter')
    await expect.poll(calls, { timeout: 10_000 }).toContain('message')
    expect(complaints).toEqual([])
    await Promise.all([page.close(), reference.close()])
  }
}

/** Keeps a picture of each app, to be looked at, where `PICTURES` names a folder. */
async function picture(page: Page, scheme: Scheme): Promise<void> {
  const folder = process.env.PICTURES
  const test = expect.getState().currentTestName ?? ''
  if (folder) await page.screenshot({ path: join(folder, `${test.replaceAll(/\W+/g, '-')}-${scheme}.png`) })
}
