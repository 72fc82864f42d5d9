// Checks types and format, then runs the script that it is given. The linter runs beside them, on another core.
import { spawn } from 'node:child_process'

// The checks create many short-lived objects; with a small nursery, Node would collect garbage all the time.
const env = { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=128` }

const linted = run(['check:lint'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
const checks = [await run(['check:types'], { env }), await run(['check:format'], { env })]
const [script, ...args] = process.argv.slice(2)
if (script !== undefined && checks.every(Boolean)) checks.push(await run([script, '--', ...args]))
checks.push(await linted)
process.exitCode = checks.every(Boolean) ? 0 : 1

/** Piped output is printed at the end, where nothing else mixes with it. */
function run(script, options) {
  const child = spawn(process.execPath, [process.env.npm_execpath, 'run', '--silent', ...script], {
    stdio: 'inherit',
    ...options,
  })
  const said = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => said.push(text))
  process.once('beforeExit', () => process.stdout.write(said.join('')))
  return new Promise((resolve) => child.once('close', (code) => resolve(code === 0)))
}
