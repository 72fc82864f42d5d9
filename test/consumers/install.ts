import { execSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { installWhereStale } from '../../compat/installWhereStale.js'
import pack from '../package/pack.js'

/** Folders that hold tools alone, for apps elsewhere. */
const withoutApp = ['vite7', 'nodes', 'pnpm']

/** Packs the project, and installs the tarball in the apps of `compat`, beside what their locks name. */
export default function install(project: TestProject): () => void {
  const unpack = pack(project)
  const { tarball } = project.getProvidedContext().packed
  for (const name of ['tools', 'vite', 'vite7', 'next', 'reactRouter', 'nodes', 'pnpm']) {
    const folder = new URL(`../../compat/${name}/`, import.meta.url)
    installWhereStale(folder)
    if (withoutApp.includes(name)) continue
    const options = '--no-save --no-package-lock --strict-peer-deps --prefer-offline --no-audit --no-fund'
    execSync(`npm install ${options} --loglevel error "${tarball}"`, {
      cwd: fileURLToPath(folder),
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  return unpack
}
