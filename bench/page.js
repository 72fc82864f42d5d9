import { JSDOM } from 'jsdom'

/** A page for React to render into. Must be loaded before React. */
const { window } = new JSDOM('<!doctype html><div id="root"></div>', {
  pretendToBeVisual: false,
  url: 'http://localhost/',
})
Object.assign(globalThis, { window, document: window.document })
Object.defineProperty(globalThis, 'navigator', { value: window.navigator, configurable: true })
process.env.NODE_ENV = 'production'

export const root = window.document.getElementById('root')
