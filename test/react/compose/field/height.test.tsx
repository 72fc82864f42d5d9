import { act } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { field, openBox, write } from '../openBox.js'

const network = vi.hoisted(() => ({ requests: 0, isDown: true }))
vi.mock('autosize', () => {
  network.requests++
  if (network.isDown) throw new TypeError('Failed to fetch dynamically imported module')
  return { default: Object.assign(() => undefined, { destroy: () => undefined }) }
})

const unhandled = vi.fn()
const sheet = document.createElement('style')
sheet.textContent = '.rlt-compose-field { --rlt-grow: 1 }'
let now = 0

beforeEach(() => {
  vi.resetModules()
  Object.assign(network, { requests: 0, isDown: true })
  vi.stubGlobal('CSS', { supports: () => false })
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = () => undefined
      disconnect = () => undefined
    },
  )
  now = performance.now()
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  document.head.append(sheet)
  unhandled.mockClear()
  process.on('unhandledRejection', unhandled)
})
afterEach(() => {
  process.off('unhandledRejection', unhandled)
  sheet.remove()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const isResizable = () =>
  act(() => vi.waitFor(() => expect(field().style.resize).toBe('vertical'), { timeout: 15_000 }))

describe('a field without field-sizing, when autosize can’t be loaded', () => {
  it('can be made higher by hand, and nothing is printed (row 70)', async () => {
    const console = vi.spyOn(globalThis.console, 'error')
    openBox()
    await isResizable()
    await act(() => new Promise((resolve) => setTimeout(resolve)))
    expect(unhandled).not.toHaveBeenCalled()
    expect(console).not.toHaveBeenCalled()
    write('hello')
    expect(field()).toHaveValue('hello')
  })

  it('requests it again with an edit, but not with every one, and then grows by itself (row 70)', async () => {
    openBox()
    await isResizable()
    network.isDown = false
    vi.resetModules()
    for (let key = 1; key <= 5; key++) write('x'.repeat(key))
    await act(() => new Promise((resolve) => setTimeout(resolve)))
    expect(network.requests).toBe(1)
    await vi.waitFor(
      async () => {
        // A test runner may remember for a while what could not be loaded, as no browser does.
        vi.resetModules()
        now += 10_000
        write(`hello ${now}`)
        await act(() => new Promise((resolve) => setTimeout(resolve)))
        expect(field().style.resize).toBe('')
      },
      { timeout: 15_000 },
    )
    expect(network.requests).toBeGreaterThan(1)
  })
})
