import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, inject } from 'vitest'

configure({ reactStrictMode: inject('isStrict') })
// React 18 reports what a render throws to the window too, where jsdom would print it.
if (inject('peers') === 'oldest' && typeof document !== 'undefined')
  document.defaultView?.addEventListener('error', (event) => event.preventDefault())
afterEach(cleanup)
