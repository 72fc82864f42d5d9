// npm run test:faults: breaks the core, and the way back, in each of the ways in this folder, and wants the fuzzers to
// find every one. npm run test:faults -- wayBack: only the way back, or core.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const suites = [
  { name: 'core', folder: '.', file: 'test/fuzz/fuzzCore.test.ts', runs: '2000' },
  { name: 'wayBack', folder: 'wayBack', file: 'test/fuzz/fuzzWayBack.test.ts', runs: '1500' },
]
const folder = fileURLToPath(new URL('.', import.meta.url))
const root = join(folder, '..', '..')

const config = `
const path = (relative) => new URL(relative, import.meta.url).pathname
export default {
  resolve: {
    alias: [
      { find: /^react-linq-typing$/, replacement: path('./src/index.ts') },
      { find: /^react-linq-typing\\/(server|testing)$/, replacement: path('./src/$1/index.ts') },
    ],
  },
  test: { include: ['test/fuzz/*.test.ts'] },
}
`

function run(command, args, cwd, env) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: { ...process.env, NO_COLOR: '1', ...env },
  })
  return { status, output: stdout + stderr }
}

function copySource() {
  const copy = mkdtempSync(join(tmpdir(), 'fault-'))
  cpSync(join(root, 'src'), join(copy, 'src'), { recursive: true })
  cpSync(join(root, 'test', 'fuzz'), join(copy, 'test', 'fuzz'), { recursive: true })
  cpSync(join(root, 'package.json'), join(copy, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  writeFileSync(join(copy, 'vitest.config.mjs'), config)
  return copy
}

let found = 0
let missed = 0

function breakIn(patch, { folder: place, file, runs }) {
  const copy = copySource()
  if (patch !== null) {
    const applied = run('git', ['apply', '--unsafe-paths', join(folder, place, patch)], copy)
    if (applied.status !== 0) {
      console.error(`${patch} no longer fits the source: make it anew.\n${applied.output}`)
      process.exit(1)
    }
  }
  const env = { FUZZ_RUNS: process.env.FUZZ_RUNS ?? runs, FUZZ_SHRINK: 'no' }
  const { status, output } = run('npx', ['vitest', 'run', file], copy, env)
  rmSync(copy, { recursive: true })
  const broken = /Error: ((?:\d |told).*)/.exec(output)?.[1]
  if (patch === null) {
    if (status === 0) console.log(`sound    the source as it is, through ${env.FUZZ_RUNS} runs of ${file}`)
    else {
      console.error(`The source as it is does not keep the promises: ${broken ?? output}`)
      process.exit(1)
    }
  } else if (status !== 0 && broken !== undefined) {
    found++
    const count = /failed after (\d+) tests/.exec(output)?.[1]
    console.log(`found    ${patch.replace('.patch', '')}, by run ${count}: ${broken}`)
  } else {
    missed++
    console.log(`MISSED   ${patch.replace('.patch', '')}${status === 0 ? '' : `\n${output}`}`)
  }
}

const [wanted] = process.argv.slice(2)
for (const suite of suites) {
  if (wanted !== undefined && wanted !== suite.name) continue
  const patches = readdirSync(join(folder, suite.folder)).filter((name) => name.endsWith('.patch'))
  for (const patch of [null, ...patches]) breakIn(patch, suite)
}
console.log(`\n${found} passed, ${missed} failed`)
process.exit(missed === 0 ? 0 : 1)
