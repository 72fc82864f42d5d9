import { type AddressInfo, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { chromium, engineProject } from './engineProject.js'
import { firefox, webKit } from './otherEngines.js'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** The tests in the page, in three engines, with React as an app ships it: `npm run test:engines`. */
export default defineConfig({
  root: path('../..'),
  test: {
    reporters: ['default', path('../tallyReporter.ts')],
    projects: [
      asShipped(engineProject('chromium', await chromium())),
      asShipped(engineProject('firefox', firefox())),
      asShipped(engineProject('webkit', webKit(await findFreePort()))),
    ],
  },
})

/** In development React measures itself, at some milliseconds a key. */
function asShipped(project: TestProjectInlineConfiguration): TestProjectInlineConfiguration {
  return {
    ...project,
    cacheDir: path('../../node_modules/.vite-shipped'),
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', development: false } },
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
