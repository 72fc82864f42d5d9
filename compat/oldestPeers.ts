import { createRequire } from 'node:module'
import type { Plugin } from 'vite'
import { installWhereStale } from './installWhereStale.js'

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

/** A global setup, run once before the tests. */
export function setup(): void {
  installWhereStale(folder)
}
