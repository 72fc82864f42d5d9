import { execSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const folder = new URL('./react18/', import.meta.url)
const { resolve } = createRequire(new URL('package.json', folder))
const held = /^(react|react-dom|@tanstack\/react-query|@testing-library\/(dom|react|user-event))($|\/)/

/** Resolves the peers, and what tests them, to the oldest versions that the package works with. */
export function oldestPeers(): Plugin {
  return {
    name: 'oldest-peers',
    enforce: 'pre',
    resolveId: (source) => (held.test(source) ? resolve(source) : undefined),
  }
}

/** Installs them where they are missing or older than their lock: a global setup, run once before the tests. */
export function setup(): void {
  if (changedAt('node_modules/.package-lock.json') >= changedAt('package-lock.json')) return
  execSync('npm ci --prefer-offline --no-audit --no-fund --loglevel error', {
    cwd: fileURLToPath(folder),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

function changedAt(file: string): number {
  return statSync(new URL(file, folder), { throwIfNoEntry: false })?.mtimeMs ?? 0
}
