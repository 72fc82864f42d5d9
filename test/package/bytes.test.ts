import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { measureBytes, quotedBytes } from '../../bench/bytes.js'

const { consumer } = inject('packed')
const folder = join(consumer, 'node_modules/react-linq-typing')
const sizes = await measureBytes(join(folder, 'dist'))

describe('the bytes that an app downloads', () => {
  it.each(sizes)('are at most $limit kB for $name', ({ kilobytes, limit }) => {
    expect(kilobytes).toBeGreaterThan(0)
    expect(kilobytes).toBeLessThanOrEqual(limit)
  })

  it('bring neither React nor TanStack Query with the HTTP fetcher alone', () => {
    const outside = Object.fromEntries(sizes.map((size) => [size.name, size.outside]))
    expect(outside['HTTP fetcher alone']).toEqual([])
    expect(outside['provider, hook, HTTP fetcher']).toContain('react')
  })

  it('bring nothing of the other half to an app that shows nobody typing', () => {
    const isOfOtherHalf = (path: string) => /\/react\/incoming\/|eventsource-parser/.test(path)
    const names = sizes.filter(({ modules }) => modules.some(isOfOtherHalf)).map(({ name }) => name)
    expect(names).toEqual(['all of that, with createSseFeed and TypingBubble'])
  })

  it('are what the table in README says', () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8')
    const measured = sizes.map(({ name, kilobytes }) => ({ name, quoted: kilobytes.toFixed(1) }))
    expect(quotedBytes(readme)).toEqual(measured)
  })
})
