import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** What a tool sees of this process: nothing that says it runs in a test. */
export const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name !== 'NODE_ENV' && !name.startsWith('VITEST')),
)

export interface Outcome {
  code: number
  stdout: string
  stderr: string
}

/** Runs a script of Node in a folder to its end, good or bad. */
export function runNode(folder: string, script: string, ...args: string[]): Promise<Outcome> {
  return runWith(process.execPath, folder, script, ...args)
}

/** The same with another release of Node. */
export async function runWith(
  node: string,
  folder: string,
  script: string,
  ...args: string[]
): Promise<Outcome> {
  const options = { cwd: folder, env, maxBuffer: 2 ** 26 }
  try {
    return { code: 0, ...(await promisify(execFile)(node, [script, ...args], options)) }
  } catch (failed) {
    return failed as Outcome
  }
}
