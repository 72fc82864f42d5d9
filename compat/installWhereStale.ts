import { execSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Installs what a folder's lock names, where it is missing or older than the lock. */
export function installWhereStale(folder: URL): void {
  if (changedAt(folder, 'node_modules/.package-lock.json') >= changedAt(folder, 'package-lock.json')) return
  execSync('npm ci --prefer-offline --no-audit --no-fund --loglevel error', {
    cwd: fileURLToPath(folder),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

function changedAt(folder: URL, file: string): number {
  return statSync(new URL(file, folder), { throwIfNoEntry: false })?.mtimeMs ?? 0
}
