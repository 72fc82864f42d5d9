import { create, type ThemeVars } from 'storybook/theming'

const darkScheme = '(prefers-color-scheme: dark)'

/** A typing bubble with its three dots. */
const mark =
  '<svg width="28" height="22" viewBox="0 0 28 22" aria-hidden="true" style="flex:none">' +
  '<path fill="#0a6ee0" d="M9 0h10a9 9 0 0 1 0 18H7.5C6 20 3.6 21.6 1 22c1.3-1.5 2-3.4 2-5.3A9 9 0 0 1 9 0Z"/>' +
  '<g fill="#fff"><circle cx="9" cy="9" r="1.9"/><circle cx="14.5" cy="9" r="1.9"/><circle cx="20" cy="9" r="1.9"/></g></svg>'

const shared = {
  brandTitle: `<span style="display:inline-flex;gap:.5em;align-items:center">${mark}react-linq-typing</span>`,
  fontBase: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  fontCode: "ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace",
  appBorderRadius: 10,
  inputBorderRadius: 6,
}

const light: ThemeVars = create({
  ...shared,
  base: 'light',
  colorPrimary: '#0066d6',
  colorSecondary: '#0066d6',
  appBg: '#f5f5f2',
  appContentBg: '#ffffff',
  appPreviewBg: '#f5f5f2',
  appBorderColor: '#e3e4e8',
  textColor: '#17181a',
  textMutedColor: '#5b6067',
  barBg: '#ffffff',
  barTextColor: '#5b6067',
  barSelectedColor: '#0066d6',
  barHoverColor: '#0066d6',
})

const dark: ThemeVars = create({
  ...shared,
  base: 'dark',
  colorPrimary: '#6db3ff',
  colorSecondary: '#6db3ff',
  appBg: '#121315',
  appContentBg: '#17181a',
  appPreviewBg: '#17181a',
  appBorderColor: '#33343a',
  textColor: '#f2f2f4',
  textMutedColor: '#a5a9b1',
  barBg: '#17181a',
  barTextColor: '#a5a9b1',
  barSelectedColor: '#6db3ff',
  barHoverColor: '#6db3ff',
})

/** The theme of whoever looks. */
export function readTheme(): ThemeVars {
  return matchMedia(darkScheme).matches ? dark : light
}

/** Calls `listener` when whoever looks changes from light to dark or back; returns how to end it. */
export function watchTheme(listener: () => void): () => void {
  const query = matchMedia(darkScheme)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
