import type { TestProject } from 'vitest/node'
import { installPacked } from '../consumers/installPacked.js'

/** Installs the package as it is published beside the runtimes and the frameworks. */
export default function install(project: TestProject): () => void {
  return installPacked(project, ['runtimes'], ['nodes'])
}
