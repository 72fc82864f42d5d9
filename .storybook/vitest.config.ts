import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import { playwright } from '@vitest/browser-playwright'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { chromiumArgs, findChromium } from '../test/browser/chromium.js'
import { alias } from '../vite.config.js'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** Runs the stories' play functions, and their accessibility checks, as tests. */
export default defineConfig({
  root: path('..'),
  logLevel: 'warn',
  resolve: { alias },
  plugins: [storybookTest({ configDir: path('.') })],
  test: {
    name: 'storybook',
    // As in Storybook itself, where a page shows one story after another.
    isolate: false,
    testTimeout: 60_000,
    setupFiles: [path('./storyClock.ts')],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { executablePath: await findChromium(), args: chromiumArgs },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
})
