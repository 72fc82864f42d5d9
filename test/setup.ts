import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterAll, afterEach, inject, vi } from 'vitest'

// Files share a page. Each has a copy of the library of its own, and what it leaves running ends with it.
vi.resetModules()
const { setTimeout, clearTimeout } = globalThis
const begun: ReturnType<typeof setTimeout>[] = []
globalThis.setTimeout = Object.assign((...args: Parameters<typeof setTimeout>) => {
  const timer = setTimeout(...args)
  begun.push(timer)
  return timer
}, setTimeout)
afterAll(() => {
  globalThis.setTimeout = setTimeout
  begun.forEach((timer) => clearTimeout(timer))
})
// As long as a loaded machine needs: what is awaited comes, or the test fails.
configure({ reactStrictMode: inject('isStrict'), asyncUtilTimeout: 15_000 })
// React 18 reports what a render throws to the window too, where jsdom would print it.
if (inject('peers') === 'oldest' && typeof document !== 'undefined')
  document.defaultView?.addEventListener('error', (event) => event.preventDefault())
afterEach(cleanup)
