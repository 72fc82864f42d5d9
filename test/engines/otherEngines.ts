import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { webdriverio } from '@vitest/browser-webdriverio'
import type { Engine } from './engineProject.js'
import { frameByPlace } from './frameByPlace.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the driver of WebKit listens. */
    webKitPort: number
  }
}

const firefoxes = ['/usr/bin/firefox-esr', '/usr/bin/firefox']
const miniBrowsers = ['x86_64', 'aarch64'].flatMap((machine) =>
  ['4.1', '4.0', '6.0'].map((api) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${api}/MiniBrowser`),
)

/** The Firefox of the system, which Playwright drives by this channel alone. */
export function firefox(): Engine {
  const executablePath = findInstalled('Firefox', 'firefox-esr', firefoxes)
  // Headless, it has no pointer at all: 6 is a fine one that hovers.
  const firefoxUserPrefs = { 'ui.primaryPointerCapabilities': 6, 'ui.allPointerCapabilities': 6 }
  const launchOptions = { channel: 'moz-firefox', executablePath, firefoxUserPrefs }
  return { browser: 'firefox', headless: true, provider: frameByPlace(playwright({ launchOptions })) }
}

/** The MiniBrowser of WebKitGTK, which a driver at this port starts. */
export function webKit(port: number): Engine {
  const binary = findInstalled('WebKit', 'webkit2gtk-driver', miniBrowsers)
  const provider = webdriverio({
    hostname: '127.0.0.1',
    port,
    capabilities: {
      'wdio:enforceWebDriverClassic': true,
      'webkitgtk:browserOptions': { binary, args: ['--automation'] },
    } as object,
    transformRequest(request) {
      if (typeof request.body !== 'string') return request
      // The only WebKit that Vitest knows is Safari; the driver knows its own by another name.
      const body = request.body.replaceAll('"browserName":"safari"', '"browserName":"MiniBrowser"')
      return { ...request, body }
    },
  })
  return {
    browser: 'safari',
    headless: false,
    provider,
    globalSetup: [fileURLToPath(new URL('./startWebKit.ts', import.meta.url))],
    provide: { webKitPort: port },
  }
}

function findInstalled(engine: string, debianPackage: string, paths: string[]): string {
  const found = paths.find((path) => existsSync(path))
  if (found !== undefined) return found
  throw new Error(
    `No ${engine} was found to run the tests in. On Debian: apt-get install ${debianPackage}. ` +
      'In Chromium alone they run with "npx vitest run --project compose".',
  )
}
