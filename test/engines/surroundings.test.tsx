import 'react-linq-typing/styles.css'
import { TypingBubble, TypingProvider } from 'react-linq-typing'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { mountBox } from './mountBox.js'
import { soon } from '../soon.js'

const places = ['before', 'after'] as const

/** A stylesheet of the page, before ours or after it. */
function addSheet(text: string, place: (typeof places)[number] = 'after') {
  const sheet = document.createElement('style')
  sheet.textContent = text
  document.head[place === 'before' ? 'prepend' : 'append'](sheet)
  onTestFinished(() => sheet.remove())
}

// No colours in between.
beforeEach(() => addSheet('* { transition: none !important }'))

const ours = () => {
  const sheet = [...document.styleSheets].find(({ cssRules }) =>
    [...cssRules].some((rule) => rule.cssText.includes('rlt-compose')),
  )!
  return sheet.ownerNode as HTMLStyleElement
}

/** Every computed value of every part that can be seen, but how long it takes to change, and where it stands. */
function lookOf(root: HTMLElement) {
  const { left, top } = root.getBoundingClientRect()
  const parts = [...root.querySelectorAll<HTMLElement>('*')].filter((part) => part.checkVisibility())
  return parts.flatMap((part) => {
    const box = part.getBoundingClientRect()
    const style = getComputedStyle(part)
    const name = part.className || part.tagName
    return [
      `${name} at ${[box.left - left, box.top - top, box.width, box.height].map(Math.round).join(' ')}`,
      ...[...style]
        .filter((property) => !property.startsWith('transition'))
        .map((property) => `${name} { ${property}: ${style.getPropertyValue(property)} }`),
    ]
  })
}

const resets: Record<string, string> = {
  'zeroes margins and paddings': '*, ::before, ::after { margin: 0; padding: 0; box-sizing: border-box }',
  'unsets what a browser does to controls':
    'button, textarea, input { all: unset } p, div, span { all: unset }',
  'is Tailwind’s preflight': `
    *, ::before, ::after { box-sizing: border-box; border: 0 solid #e5e7eb; margin: 0; padding: 0 }
    html { line-height: 1.5 }
    button, input, optgroup, select, textarea { font: inherit; letter-spacing: inherit; color: inherit;
      background-color: transparent; border-radius: 0; opacity: 1; margin: 0; padding: 0 }
    button { appearance: button; background-image: none; text-transform: none }
    textarea { resize: vertical; vertical-align: middle }
    ::placeholder { opacity: 1; color: #9ca3af }`,
  'is an older preflight, or normalize.css': `
    button, input, optgroup, select, textarea { font-family: inherit; font-size: 100%; line-height: 1.15; margin: 0 }
    button, [type='button'], [type='reset'], [type='submit'] { appearance: button; background-color: transparent;
      background-image: none; cursor: default; border: 3px solid red; padding: 0 }
    button::-moz-focus-inner, [type='button']::-moz-focus-inner { border-style: none; padding: 0 }`,
  'is a starter’s, with a look for elements': `
    button { border-radius: 8px; border: 1px solid red; padding: 0.6em 1.2em; font-size: 2em; font-weight: 500;
      background-color: #1a1a1a; box-shadow: 0 0 9px red; text-transform: uppercase; letter-spacing: 2px;
      height: 90px; width: 100%; margin-bottom: 1rem; transition: all 1s }
    textarea { width: 100%; height: 150px; min-height: 150px; border: 2px solid red; border-radius: 4px; padding: 2rem;
      background: #fee; box-shadow: inset 0 0 9px red; resize: vertical; text-align: center; white-space: normal }
    p { margin: 1em 0; line-height: 3; max-width: 10ch; color: red; text-indent: 2em }
    div { position: relative; overflow: hidden } span { display: block; font-style: italic }`,
}

describe.each(Object.entries(resets))('on a page whose stylesheet %s', (_, reset) => {
  it.each(places)('the box looks as on a bare page, %s ours (row 90)', (place) => {
    const props = { defaultValue: 'one\ntwo', maxLength: 6, placeholder: 'Write', style: { width: 400 } }
    // What a page says of all text is the box's too.
    addSheet('html { line-height: 1.5 }')
    const bare = lookOf(mountBox(props).root)
    addSheet(reset, place)
    expect(lookOf(mountBox(props).root).filter((line, index) => line !== bare[index])).toEqual([])
  })
})

describe.each(places)('a page’s rule for every form and div, %s ours,', (place) => {
  const frame = `padding: 20px; border: 3px solid red; border-radius: 9px; background: pink; box-shadow: 0 0 9px red;
    width: 90px; max-width: 200px; height: 300px; min-height: 300px; max-height: 10px; overflow: hidden; text-align: center;
    grid-template-rows: 90px; grid-auto-flow: column; flex-flow: column wrap; place-items: start; place-content: center`
  const framed = (root: HTMLElement) => {
    const style = getComputedStyle(root)
    const isElsewhere = (name: string) => name.startsWith(style.display === 'grid' ? 'flex' : 'grid')
    return (
      [...style]
        // In a flex container it means nothing.
        .filter((name) => !isElsewhere(name) && (style.display === 'grid' || name !== 'justify-items'))
        .filter((name) =>
          /^(padding|border|background|box-sh|overf|text-al|justify-[ci]|align-[ci]|grid|flex-[dw])|size|width/.test(
            name,
          ),
        )
        .map((name) => `${name}: ${style.getPropertyValue(name)}`)
    )
  }
  const bubble = () => {
    const element = mountBox().root.parentElement!.appendChild(document.createElement('div'))
    element.className = 'rlt-bubble'
    return element
  }

  it.each([
    ['the box', () => mountBox().root],
    ['the box as a div', () => mountBox({ as: 'div' }).root],
    ['the bubble', bubble],
  ])('frames %s no more than a bare page does (row 90)', (_, mount) => {
    const bare = framed(mount())
    addSheet(`form, div:where(.rlt-compose, .rlt-bubble) { ${frame} }`, place)
    expect(framed(mount())).toEqual(bare)
  })

  it('loses to a class and a style of the box (row 90)', () => {
    addSheet(`form { ${frame} } .mine { padding: 7px; max-width: 300px; background: rgb(1, 2, 3) }`, place)
    const { root } = mountBox({ className: 'mine', style: { borderTop: '2px solid' } })
    const { padding, maxWidth, backgroundColor, borderTopWidth, borderLeftWidth } = getComputedStyle(root)
    expect([padding, maxWidth, backgroundColor]).toEqual(['7px', '300px', 'rgb(1, 2, 3)'])
    expect([borderTopWidth, borderLeftWidth]).toEqual(['2px', '0px'])
  })
})

it('`hidden` hides the box and the bubble, as it does any element (row 90)', () => {
  for (const name of ['rlt-compose', 'rlt-bubble']) {
    const element = document.body.appendChild(document.createElement('div'))
    onTestFinished(() => element.remove())
    element.className = name
    expect(getComputedStyle(element).display).not.toBe('none')
    element.hidden = true
    expect(getComputedStyle(element).display).toBe('none')
  }
})

describe('a rule of the host', () => {
  it.each(places)('wins with a class, %s ours (row 90)', (place) => {
    addSheet(
      `.rlt-compose-send { background: rgb(1, 2, 3) } .mine textarea { color: rgb(4, 5, 6) }
      .mine { gap: 7px } .rlt-compose-row { border-width: 3px }`,
      place,
    )
    const { field, button, root } = mountBox({ className: 'mine' })
    expect(getComputedStyle(button).backgroundColor).toBe('rgb(1, 2, 3)')
    expect(getComputedStyle(field).color).toBe('rgb(4, 5, 6)')
    expect(getComputedStyle(root).rowGap).toBe('7px')
    expect(getComputedStyle(field.parentElement!).borderTopWidth).toBe('3px')
  })
})

describe('a dial', () => {
  it('holds where it is set: on the page, on a part of it, on the box, on a part of that (row 114)', () => {
    const { button, root } = mountBox({ defaultValue: 'x' })
    const around = [document.documentElement, root.parentElement!, root, button]
    onTestFinished(() => document.documentElement.removeAttribute('style'))
    for (const [index, element] of around.entries()) {
      element.style.setProperty('--rlt-accent', `rgb(${index}, 8, 9)`)
      expect(getComputedStyle(button).backgroundColor).toBe(`rgb(${index}, 8, 9)`)
    }
  })

  it('takes a plain 0 as padding: the corners stay as round as they are set (row 114)', () => {
    const { field } = mountBox({ style: { '--rlt-padding': 0, '--rlt-radius': '20px' } as object })
    const { paddingTop, borderTopLeftRadius } = getComputedStyle(field.parentElement!)
    expect([paddingTop, borderTopLeftRadius]).toEqual(['0px', '20px'])
  })

  it.each([
    ['2', 32],
    ['30px', 30],
    ['1.5em', 24],
    ['1.5rem', 24],
    ['150%', 24],
    ['normal', null],
  ])('takes a line height of %s, and maxRows counts such lines (row 114)', async (value, line) => {
    const style = { fontSize: 16, '--rlt-line-height': value } as object
    const { field, show } = mountBox({ style, maxRows: 3, defaultValue: 'x\n'.repeat(30) })
    // Where a script sets the height, the field has one line at first.
    const three = await soon(() => {
      const height = field.clientHeight - 16
      expect(height).toBeGreaterThan(40)
      expect(height).toBeLessThan(184)
      return height
    })
    if (line !== null) expect(three).toBe(3 * line)
    show({ maxRows: 6 })
    await soon(() => expect(Math.abs(field.clientHeight - 16 - 2 * three)).toBeLessThanOrEqual(3))
  })

  it('says how many rows, where the box is not told (row 98)', async () => {
    addSheet('.chat { --rlt-min-rows: 3; --rlt-max-rows: 4 }')
    const rows = (field: HTMLTextAreaElement, count: number) =>
      soon(() => {
        const lines = (field.clientHeight - 16) / parseFloat(getComputedStyle(field).lineHeight)
        expect(Math.round(lines * 10) / 10).toBe(count)
      })
    const { field, show } = mountBox({ className: 'chat' })
    await rows(field, 3)
    show({ minRows: 2, maxRows: 2 })
    await rows(field, 2)
    show({ minRows: undefined, maxRows: null })
    await rows(field, 3)
  })
})

it('the box is the same in a shadow tree that has the stylesheet (row 90)', () => {
  const props = { defaultValue: 'one\ntwo', maxLength: 6, style: { width: 400 } }
  const { root } = mountBox(props)
  const bare = lookOf(root)
  const host = document.body.appendChild(document.createElement('div'))
  onTestFinished(() => host.remove())
  host.attachShadow({ mode: 'open' }).append(ours().cloneNode(true), root.cloneNode(true))
  addSheet('button, textarea, p { all: unset }')
  expect(
    lookOf(host.shadowRoot!.querySelector('form')!).filter((line, index) => line !== bare[index]),
  ).toEqual([])
})

const directions: [name: string, column: string, part: string][] = [
  ['left to right', 'ltr', 'ltr'],
  ['right to left', 'rtl', 'rtl'],
  ['right to left on a page that isn’t', 'ltr', 'rtl'],
  ['left to right on a page that isn’t', 'rtl', 'ltr'],
]

/** A column of messages that scrolls, with a part of the page at its end. */
function endColumnWith(part: Element, direction: string, own: string) {
  const column = document.createElement('div')
  column.style.cssText = 'block-size: 300px; overflow: auto'
  column.dir = direction
  const messages = column.appendChild(document.createElement('div'))
  messages.style.blockSize = '2000px'
  part.replaceWith(column)
  column.append(part)
  part.setAttribute('dir', own)
  onTestFinished(() => column.remove())
  return {
    sizes: () =>
      [document.documentElement, column].flatMap(({ scrollHeight, scrollWidth }) => [
        scrollHeight,
        scrollWidth,
      ]),
    isTooWide: () => column.scrollWidth > column.clientWidth,
  }
}

describe.each(directions)('what is only read out, %s,', (_, direction, own) => {
  it.each([
    ['beside an error', {}],
    ['without a counter', { labels: { remaining: () => '' } }],
  ])('%s, makes neither the page larger nor what scrolls in it (row 100)', async (_, labels) => {
    const onSend = () => Promise.reject(new Error('no'))
    const { root, button } = mountBox({ defaultValue: 'x'.repeat(19), maxLength: 20, onSend, ...labels })
    const { sizes, isTooWide } = endColumnWith(root.parentElement!, direction, own)
    if (!('labels' in labels)) {
      button.click()
      await soon(() => expect(root.querySelector('.rlt-compose-error')).not.toBeNull())
    }

    const hidden = root.querySelector<HTMLElement>('.rlt-compose-hidden')!
    const shown = sizes()
    expect(isTooWide()).toBe(false)
    hidden.style.display = 'none'
    expect(shown).toEqual(sizes())
  })

  it('of the other side’s bubble, makes nothing that scrolls larger (row 100)', () => {
    const host = document.body.appendChild(document.createElement('div'))
    const root = createRoot(host)
    onTestFinished(() => root.unmount())
    flushSync(() =>
      root.render(
        <TypingProvider fetcher={() => Promise.resolve()}>
          <TypingBubble chatId="a" />
        </TypingProvider>,
      ),
    )
    const { sizes, isTooWide } = endColumnWith(host, direction, own)
    const hidden = host.querySelector<HTMLElement>('.rlt-bubble-status')!
    const shown = sizes()
    expect(isTooWide()).toBe(false)
    hidden.style.display = 'none'
    expect(shown).toEqual(sizes())
  })
})
