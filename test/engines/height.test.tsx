import 'react-linq-typing/styles.css'
import { describe, expect, it } from 'vitest'
import { insert } from './insert.js'
import { mountBox } from './mountBox.js'
import { soon } from '../soon.js'

const lines = (count: number) => Array.from({ length: count }, (_, line) => `line ${line + 1}`).join('\n')

/** How high a field of so many rows is: its lines, and its padding. */
const rows = (field: HTMLTextAreaElement, count: number) =>
  count * parseFloat(getComputedStyle(field).lineHeight) + 16

const isRows = (field: HTMLTextAreaElement, count: number) =>
  soon(() => {
    expect(field.clientHeight).toBeGreaterThan(rows(field, count) - 1.5)
    expect(field.clientHeight).toBeLessThan(rows(field, count) + 1.5)
  })

const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

describe('the height of the box', () => {
  it.each([
    [1, 1],
    [3, 3],
    [8, 8],
    [20, 8],
  ])('for a text of %i lines is %i rows, and from eight on it scrolls (row 70)', async (count, high) => {
    const { field } = mountBox({ defaultValue: lines(count) })
    await isRows(field, high)
    expect(field.scrollHeight > field.clientHeight + 1).toBe(count > 8)
  })

  it('follows what is typed, sent and given back (row 70)', async () => {
    const { field, button, onSend } = mountBox()
    let reject: (error: Error) => void = () => undefined
    onSend.mockReturnValue(new Promise((_, no) => (reject = no)))
    field.focus()
    await isRows(field, 1)
    insert('one')
    for (const line of ['two', 'three']) {
      insert('\n')
      insert(line)
    }
    await isRows(field, 3)
    button.click()
    await isRows(field, 1)
    reject(new Error('no'))
    await isRows(field, 3)
  })

  it('is right when the stylesheet loads after the box (row 70)', async () => {
    const sheet = [...document.styleSheets].find(({ cssRules }) =>
      [...cssRules].some((rule) => rule.cssText.includes('rlt-compose')),
    )!
    sheet.disabled = true
    const { field } = mountBox({ defaultValue: lines(4) })
    await frame()
    await frame()
    sheet.disabled = false
    await isRows(field, 4)
  })

  it('stays between minRows and maxRows (row 70)', async () => {
    const { field, show } = mountBox({ minRows: 3, maxRows: 5, defaultValue: 'one' })
    await isRows(field, 3)
    field.focus()
    field.select()
    insert(lines(4))
    await isRows(field, 4)
    field.select()
    insert(lines(9))
    await isRows(field, 5)
    show({ minRows: 7, maxRows: 7 })
    field.focus()
    insert(' more')
    await isRows(field, 7)
  })

  it('follows new minRows and maxRows without a key (row 70)', async () => {
    const { field, show } = mountBox({ maxRows: 5, defaultValue: lines(9) })
    const scrolls = () => field.scrollHeight > field.clientHeight + 1
    await isRows(field, 5)
    show({ maxRows: 7 })
    await isRows(field, 7)
    show({ maxRows: 12 })
    await isRows(field, 9)
    await soon(() => expect(scrolls()).toBe(false))
    show({ maxRows: 3 })
    await isRows(field, 3)
    await soon(() => expect(getComputedStyle(field).overflowY).not.toBe('hidden'))
    expect(scrolls()).toBe(true)
    show({ minRows: 10, maxRows: 12 })
    await isRows(field, 10)
  })

  it('is right when the box was mounted hidden (row 67)', async () => {
    const { field, root } = mountBox({ defaultValue: lines(5) })
    const host = root.parentElement!
    host.style.display = 'none'
    const hidden = mountHidden(lines(5))
    await frame()
    host.style.display = ''
    await isRows(field, 5)
    hidden.reveal()
    await isRows(hidden.field, 5)
  })

  it('follows the width (row 67)', async () => {
    const { field, root } = mountBox({ defaultValue: 'word '.repeat(30) })
    root.style.width = '700px'
    await frame()
    await frame()
    const wide = field.clientHeight
    root.style.width = '320px'
    await soon(() => expect(field.clientHeight).toBeGreaterThan(wide))
    expect(field.scrollHeight).toBeLessThanOrEqual(field.clientHeight + 1)
    root.style.width = '700px'
    await soon(() => expect(field.clientHeight).toBe(wide))
  })

  it('never scrolls the page or a list while someone types (row 68)', async () => {
    const { field, root } = mountBox()
    const scroller = document.createElement('div')
    scroller.style.cssText = 'height: 400px; overflow: auto'
    const tall = (height: number) => {
      const block = document.createElement('div')
      block.style.height = `${height}px`
      return block
    }
    const host = root.parentElement!
    host.replaceWith(scroller)
    scroller.append(tall(600), host, tall(600))
    const page = tall(2_000)
    document.body.append(page)
    try {
      field.focus({ preventScroll: true })
      scroller.scrollTop = 560
      window.scrollTo(0, 40)
      const [inside, outside] = [scroller.scrollTop, window.scrollY]
      for (let key = 0; key < 50; key++) {
        insert(key % 12 === 11 ? '\n' : 'k')
        if (key % 20 === 19) {
          field.setSelectionRange(field.value.length - 1, field.value.length)
          insert('')
        }
        await frame()
        expect(Math.abs(scroller.scrollTop - inside)).toBeLessThanOrEqual(1)
        expect(Math.abs(window.scrollY - outside)).toBeLessThanOrEqual(1)
      }
      expect(field.value.length).toBeGreaterThan(40)
    } finally {
      page.remove()
      scroller.remove()
      window.scrollTo(0, 0)
    }
  })

  it('is measured at most once a frame, and not past its maximum (row 69)', async () => {
    const { field } = mountBox()
    field.focus()
    insert('one')
    await isRows(field, 1)
    await frame()
    await frame()
    const reads = countMeasurements(field)
    insert('\ntwo')
    await frame()
    await frame()
    const once = reads.take()
    for (let key = 0; key < 20; key++) insert('k')
    expect(reads.take()).toBe(0)
    await frame()
    await frame()
    expect(reads.take()).toBeLessThanOrEqual(once)
    insert(`\n${lines(20)}`)
    await isRows(field, 8)
    await frame()
    await frame()
    reads.take()
    for (let key = 0; key < 5; key++) {
      insert('k\n')
      await frame()
    }
    expect(reads.take()).toBe(0)
  })

  it('is the maximum, unmeasured, while the text is very long (row 69)', async () => {
    const { field } = mountBox()
    field.focus()
    insert('one')
    await isRows(field, 1)
    await frame()
    await frame()
    insert('x'.repeat(20_001))
    await isRows(field, 8)
    await frame()
    const reads = countMeasurements(field)
    for (let key = 0; key < 5; key++) {
      insert('k')
      await frame()
    }
    expect(reads.take()).toBe(0)
    expect(getComputedStyle(field).getPropertyValue('field-sizing')).not.toBe('content')
    expect(getComputedStyle(field).overflowY).not.toBe('hidden')
    field.select()
    insert('short')
    await isRows(field, 1)
  })
})

describe('without the stylesheet', () => {
  it('the field is neither measured nor styled', async () => {
    const sheets = [...document.styleSheets]
    for (const sheet of sheets) sheet.disabled = true
    try {
      const { field } = mountBox({ defaultValue: lines(5) })
      await frame()
      await frame()
      expect(field.style.height).toBe('')
      expect(field.rows).toBe(1)
    } finally {
      for (const sheet of sheets) sheet.disabled = false
    }
  })
})

function mountHidden(text: string) {
  const { field, root } = mountBox({ defaultValue: text, style: { display: 'none' } })
  return { field, reveal: () => (root.style.display = '') }
}

/** Counts how often the height of the text is asked for. */
function countMeasurements(field: HTMLTextAreaElement) {
  let count = 0
  const real = Object.getOwnPropertyDescriptor(Element.prototype, 'scrollHeight')!
  Object.defineProperty(field, 'scrollHeight', {
    configurable: true,
    get() {
      count++
      return real.get?.call(field) as number
    },
  })
  return {
    take() {
      const taken = count
      count = 0
      return taken
    },
  }
}
