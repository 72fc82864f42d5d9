// Checks types, lint and format of every file. Given a script, it lints and format-checks only what differs from the main
// branch, since all files take a minute, and runs the script beside the linter.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { changedFiles } from './changedFiles.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const tool = (path, ...args) => [`node_modules/${path}`, ...args]
// The checks create many short-lived objects; with a small nursery, Node would collect garbage all the time.
const env = { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=128` }

const [script, ...args] = process.argv.slice(2)
const files = script === undefined ? ['.'] : changedFiles(root)
if (files[0] !== '.')
  console.log(
    `Lint and format: ${files.length === 0 ? 'nothing differs' : `what differs (files: ${files.length})`} from ` +
      'origin/HEAD. `npm run check` takes every file.',
  )

const linted =
  files.length === 0 ||
  run(tool('eslint/bin/eslint.js', '--max-warnings', '0', '--no-warn-ignored', '--', ...files), {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
const checks = [
  await run(tool('typescript-7/bin/tsc', '-p', 'tsconfig.json'), { env }),
  files.length === 0 ||
    (await run(
      tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '--ignore-unknown', '--', ...files),
      { env },
    )),
]
if (script !== undefined && checks.every(Boolean))
  checks.push(await run([process.env.npm_execpath, 'run', '--silent', script, '--', ...args]))
checks.push(await linted)
process.exitCode = checks.every(Boolean) ? 0 : 1

/** Runs a script of Node. Piped output is printed at the end, where nothing else mixes with it. */
function run(command, options) {
  const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit', ...options })
  const said = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => said.push(text))
  process.once('beforeExit', () => process.stdout.write(said.join('')))
  return new Promise((resolve) => child.once('close', (code) => resolve(code === 0)))
}
