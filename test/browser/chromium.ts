import { existsSync } from 'node:fs'
import { type Browser, chromium, type LaunchOptions } from 'playwright'

export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  // A shell would put letters on whole pixels, as no browser does.
  '--font-render-hinting=none',
]

/** Chromium without a window around its pages: what it draws and runs is the same, at half the work. */
const shells = ['/usr/bin/chromium-headless-shell']

const browsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * The Chromium to test in: `CHROMIUM_PATH`; else a headless shell, which is one that is installed or, on Linux x64, the
 * one that the package @sparticuz/chromium carries; else a browser that is installed, or Playwright's own.
 *
 * @param hasTabs whether it should have tabs and a back/forward cache, as only a browser does. Then a shell comes last.
 */
export async function findChromium({ hasTabs = false } = {}): Promise<string> {
  const given = process.env.CHROMIUM_PATH
  if (given !== undefined && given !== '') return given
  const ways = [findShell, () => findInstalled([...browsers, chromium.executablePath()])]
  for (const find of hasTabs ? ways.reverse() : ways) {
    const found = await find()
    if (found !== undefined) return found
  }
  throw new Error(
    'No Chromium was found to run the browser tests in. Install Chrome or Chromium, or run "npx playwright install chromium", or set CHROMIUM_PATH.',
  )
}

async function findShell(): Promise<string | undefined> {
  const found = findInstalled(shells)
  if (found !== undefined || process.platform !== 'linux' || process.arch !== 'x64') return found
  const { default: carried } = await import('@sparticuz/chromium')
  return carried.executablePath()
}

function findInstalled(paths: string[]): string | undefined {
  return paths.find((path) => existsSync(path))
}

export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = await findChromium()
  try {
    return await chromium.launch({
      executablePath,
      args: chromiumArgs,
      ...options,
    })
  } catch (cause) {
    throw new Error(
      `Chromium at ${executablePath} did not start. On a bare Linux it needs libnss3, libnspr4 and libexpat1 (apt-get install libnss3 libnspr4 libexpat1); or set CHROMIUM_PATH to another.`,
      { cause },
    )
  }
}
