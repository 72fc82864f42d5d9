import axe from 'axe-core'
import 'react-linq-typing/styles.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cdp, server } from 'vitest/browser'
import { boxStates } from './boxStates.js'
import { mountBox } from './mountBox.js'

const page = document.documentElement

/** How a page may look, and read. */
const looks: Record<string, { scheme?: string; background?: string; dir?: string; isForced?: boolean }> = {
  light: {},
  dark: { scheme: 'dark', background: '#131416' },
  'right to left': { dir: 'rtl' },
  'forced colours': { isForced: true },
}

const force = (value: 'active' | 'none') =>
  (cdp() as unknown as { send: (method: string, params: object) => Promise<unknown> }).send(
    'Emulation.setEmulatedMedia',
    { features: [{ name: 'forced-colors', value }] },
  )

describe.each(Object.entries(looks))('on a page that is %s', (_, { scheme, background, dir, isForced }) => {
  // Only Chromium has a protocol for them.
  const isPossible = isForced !== true || server.browser === 'chromium'

  beforeEach(async () => {
    page.lang = 'en'
    page.style.colorScheme = scheme ?? 'light'
    document.body.style.background = background ?? '#ffffff'
    page.dir = dir ?? 'ltr'
    if (isForced === true && isPossible) await force('active')
  })
  afterEach(async () => {
    page.removeAttribute('style')
    document.body.removeAttribute('style')
    page.removeAttribute('dir')
    if (isForced === true && isPossible) await force('none')
  })

  it.runIf(isPossible).each(Object.entries(boxStates))(
    'the box, %s, has nothing that axe finds (row 75)',
    async (_state, { props, reach }) => {
      const box = mountBox(props)
      // A disabled box is exempt from contrast, and a transition has colours in between.
      box.root.querySelectorAll<HTMLElement>('*').forEach(({ style }) => (style.transition = 'none'))
      await reach?.(box)
      if (isForced === true) expect(matchMedia('(forced-colors: active)').matches).toBe(true)
      const { violations, passes } = await axe.run(box.root, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      })
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
      expect(passes.map(({ id }) => id)).toContain('aria-allowed-attr')
    },
  )
})

describe('a look that a device asks for', () => {
  const rules = (media: string) =>
    [...document.styleSheets]
      .flatMap((sheet) => [...sheet.cssRules])
      .filter((rule) => rule instanceof CSSMediaRule)
      .filter(({ conditionText }) => conditionText.includes(media))

  /** As if the page were on such a device: no engine can be told all of them. */
  function asOn(media: string): () => void {
    const found = rules(media)
    expect(found.length).toBeGreaterThan(0)
    const before = found.map((rule) => rule.media.mediaText)
    for (const rule of found) rule.media.mediaText = 'all'
    return () => found.forEach((rule, index) => (rule.media.mediaText = before[index]!))
  }

  it('is at least 16 px of type where a finger points, so that a phone does not zoom in (row 74)', () => {
    const { field, root } = mountBox({ style: { fontSize: '13px' } })
    expect(getComputedStyle(field).fontSize).toBe('13px')
    const back = asOn('pointer: coarse')
    try {
      expect(getComputedStyle(field).fontSize).toBe('16px')
      root.style.fontSize = '20px'
      expect(getComputedStyle(field).fontSize).toBe('20px')
    } finally {
      back()
    }
  })

  it('has targets of 44 px where a finger points', () => {
    const { button } = mountBox()
    const back = asOn('pointer: coarse')
    try {
      const { width, height } = button.getBoundingClientRect()
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(44)
    } finally {
      back()
    }
  })

  it("doesn't move under reduced motion", () => {
    const { button } = mountBox()
    expect(getComputedStyle(button).transitionDuration).not.toMatch(/^0s/)
    const back = asOn('prefers-reduced-motion')
    try {
      expect(getComputedStyle(button).transitionDuration).toMatch(/^0s/)
    } finally {
      back()
    }
  })
})
