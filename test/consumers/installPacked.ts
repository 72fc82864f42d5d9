import { execSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { installWhereStale } from '../../compat/installWhereStale.js'
import pack from '../package/pack.js'

/**
 * Packs the project, and installs the tarball in apps of `compat`, beside what their locks name.
 *
 * @param tools folders that hold no app, but tools for apps elsewhere.
 */
export function installPacked(project: TestProject, apps: string[], tools: string[]): () => void {
  const unpack = pack(project)
  const { tarball } = project.getProvidedContext().packed
  for (const name of [...apps, ...tools]) {
    const folder = new URL(`../../compat/${name}/`, import.meta.url)
    installWhereStale(folder)
    if (tools.includes(name)) continue
    const options = '--no-save --no-package-lock --strict-peer-deps --prefer-offline --no-audit --no-fund'
    execSync(`npm install ${options} --loglevel error "${tarball}"`, {
      cwd: fileURLToPath(folder),
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  return unpack
}
