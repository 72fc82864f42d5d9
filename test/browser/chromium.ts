import { existsSync } from 'node:fs'
import { type Browser, chromium, type LaunchOptions } from 'playwright'

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * The Chromium to test in: `CHROMIUM_PATH`, else one that is installed, else Playwright's own, else the one that the
 * package @sparticuz/chromium carries for Linux x64.
 */
export async function findChromium(): Promise<string> {
  const given = process.env.CHROMIUM_PATH
  if (given !== undefined && given !== '') return given
  const found = [...installed, chromium.executablePath()].find((path) => existsSync(path))
  if (found !== undefined) return found
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      'No Chromium was found to run the browser tests in. Install Chrome or Chromium, or run "npx playwright install chromium", or set CHROMIUM_PATH.',
    )
  const { default: carried } = await import('@sparticuz/chromium')
  return carried.executablePath()
}

export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = await findChromium()
  try {
    return await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
      ],
      ...options,
    })
  } catch (cause) {
    throw new Error(
      `Chromium at ${executablePath} did not start. On a bare Linux it needs libnss3, libnspr4 and libexpat1 (apt-get install libnss3 libnspr4 libexpat1); or set CHROMIUM_PATH to another.`,
      { cause },
    )
  }
}
