import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, inject } from 'vitest'

// As long as a loaded machine needs: what is awaited comes, or the test fails.
configure({ reactStrictMode: inject('isStrict'), asyncUtilTimeout: 15_000 })
// React 18 reports what a render throws to the window too, where jsdom would print it.
if (inject('peers') === 'oldest' && typeof document !== 'undefined')
  document.defaultView?.addEventListener('error', (event) => event.preventDefault())
afterEach(cleanup)
