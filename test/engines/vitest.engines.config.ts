import { type AddressInfo, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { chromium, engineProject } from './engineProject.js'
import { firefox, webKit } from './otherEngines.js'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** The tests in the page, in three engines: `npm run test:engines`. */
export default defineConfig({
  root: path('../..'),
  test: {
    reporters: ['default', path('../tallyReporter.ts')],
    projects: [
      engineProject('chromium', await chromium()),
      engineProject('firefox', firefox()),
      engineProject('webkit', webKit(await findFreePort())),
    ],
  },
})

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
