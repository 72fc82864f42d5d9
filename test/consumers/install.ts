import type { TestProject } from 'vitest/node'
import { installPacked } from './installPacked.js'

/** Installs the package as it is published in every app that a page is built from. */
export default function install(project: TestProject): () => void {
  return installPacked(project, ['tools', 'vite', 'next', 'reactRouter'], ['vite7', 'nodes', 'pnpm'])
}
