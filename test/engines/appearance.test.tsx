import '@fontsource-variable/inter'
import 'react-linq-typing/styles.css'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { page, server } from 'vitest/browser'
import { boxStates } from './boxStates.js'
import { mountBox } from './mountBox.js'

const html = document.documentElement

/** Reference pictures are of one engine on one system: others draw their letters otherwise. */
const isReference = server.browser === 'chromium' && server.platform === 'linux'

const widths = { desktop: 560, phone: 328 }

beforeAll(async () => {
  if (!isReference) return
  await document.fonts.load('16px "Inter Variable"')
  await document.fonts.load('600 16px "Inter Variable"')
})

describe.runIf(isReference).each(['light', 'dark'] as const)('on a %s page', (scheme) => {
  beforeEach(() => {
    html.style.cssText = `color-scheme: ${scheme}; font: 16px/1.45 "Inter Variable"; caret-color: transparent`
    document.body.style.background = scheme === 'dark' ? '#131416' : '#ffffff'
  })
  afterEach(() => {
    html.removeAttribute('style')
    document.body.removeAttribute('style')
  })

  describe.each(Object.entries(widths))('as wide as a %s', (device, width) => {
    it.each(Object.entries(boxStates))('the box, %s, looks as it did', async (state, { props, reach }) => {
      const box = mountBox({ ...props, style: { width, padding: 12 } })
      for (const { style } of box.root.querySelectorAll<HTMLElement>('*')) style.transition = 'none'
      await reach?.(box)
      await expect
        .element(page.elementLocator(box.root))
        .toMatchScreenshot(`${state.replaceAll(' ', '-')}-${device}-${scheme}`, {
          timeout: 30_000,
          comparatorName: 'pixelmatch',
          comparatorOptions: { threshold: 0.2, allowedMismatchedPixelRatio: 0.02 },
        })
    })
  })
})
