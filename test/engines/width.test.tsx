import 'react-linq-typing/styles.css'
import { expect, it } from 'vitest'
import { mountBox } from './mountBox.js'

it('nothing stands out of the box on a narrow phone, in a language of long words', () => {
  const { root } = mountBox({
    maxLength: 20,
    defaultValue: 'x'.repeat(300),
    style: { width: 288 },
    labels: {
      send: 'Absenden',
      overLimit: (limit) => `Die Zeichenbegrenzung von ${limit} ist überschritten`,
      remaining: (count) => `${-count} Zeichen überzählig`,
    },
  })
  const { left, right } = root.getBoundingClientRect()
  for (const part of root.querySelectorAll(':not(.rlt-compose-hidden)')) {
    const box = part.getBoundingClientRect()
    expect(box.right).toBeLessThanOrEqual(right + 1)
    expect(box.left).toBeGreaterThanOrEqual(left - 1)
    if (part.tagName !== 'TEXTAREA') expect(part.scrollWidth).toBeLessThanOrEqual(part.clientWidth + 1)
  }
})
