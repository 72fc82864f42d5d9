import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import react from '@vitejs/plugin-react'
import type { TestProjectInlineConfiguration } from 'vitest/config'
import type { BrowserInstanceOption } from 'vitest/node'
import { alias } from '../../vite.config.js'
import { chromiumArgs, findChromium } from '../browser/chromium.js'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

export type Engine = BrowserInstanceOption & Required<Pick<BrowserInstanceOption, 'provider' | 'headless'>>

/** The tests of what only a real page can tell, in one engine. */
export function engineProject(name: string, engine: Engine): TestProjectInlineConfiguration {
  // An instance may have a provider of its own, but the page is told of the project's only.
  const { provider, headless, ...instance } = engine
  return {
    root: path('../..'),
    cacheDir: path('../../node_modules/.vite'),
    plugins: [react()],
    // Or it says each time that it bundles what it finds below.
    logLevel: 'warn',
    resolve: { alias },
    // Found while a test runs, they would load the page again.
    optimizeDeps: {
      include: [
        '@tanstack/react-query',
        'lodash.debounce',
        'react',
        'react-dom',
        'react-dom/client',
        'react-dom/server',
        'react/jsx-dev-runtime',
      ],
    },
    test: {
      name,
      dir: path('.'),
      include: ['**/*.test.tsx'],
      setupFiles: [path('./setup.ts')],
      testTimeout: 60_000,
      expect: { poll: { timeout: 15_000 } },
      browser: {
        enabled: true,
        ui: false,
        screenshotFailures: false,
        viewport: { width: 800, height: 600 },
        provider,
        headless,
        instances: [instance],
      },
    },
  }
}

export async function chromium(): Promise<Engine> {
  const launchOptions = { executablePath: await findChromium(), args: chromiumArgs }
  return { browser: 'chromium', headless: true, provider: playwright({ launchOptions }) }
}
