import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../..')

/** Copies mounts of the example into an app, where the package is as it is published, and returns their folder. */
export function copyMounts(app: string, ...names: string[]): string {
  const folder = join(root, 'compat', app, 'mounts.local')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  for (const name of [...names, 'session'])
    cpSync(join(root, `example/mounts/${name}.ts`), join(folder, `${name}.ts`))
  return folder
}

/** What the type checker says of a folder of mounts, under the project's own rules; nothing if all is well. */
export async function checkTypes(folder: string): Promise<string> {
  const config = {
    extends: '../../../tsconfig.json',
    compilerOptions: { paths: {}, types: ['node'] },
    include: ['*.ts'],
    exclude: [],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const tsc = join(root, 'node_modules/typescript-7/bin/tsc')
  return promisify(execFile)(process.execPath, [tsc, '-p', folder]).then(
    ({ stdout }) => stdout,
    (failed: unknown) => (failed as { stdout: string }).stdout,
  )
}
