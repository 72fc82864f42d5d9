// npm run test:faults: breaks the core in each of the ways in this folder, and wants the fuzzer to find every one.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const runs = process.env.FUZZ_RUNS ?? '2000'
const folder = fileURLToPath(new URL('.', import.meta.url))
const root = join(folder, '..', '..')

const config = `
const path = (relative) => new URL(relative, import.meta.url).pathname
export default {
  resolve: {
    alias: [
      { find: /^react-linq-typing$/, replacement: path('./src/index.ts') },
      { find: /^react-linq-typing\\/testing$/, replacement: path('./src/testing/index.ts') },
    ],
  },
  test: { include: ['test/fuzz/fuzzCore.test.ts'] },
}
`

function run(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: { ...process.env, FUZZ_RUNS: runs, NO_COLOR: '1' },
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
const patches = readdirSync(folder).filter((name) => name.endsWith('.patch'))
for (const patch of [null, ...patches]) {
  const copy = copySource()
  if (patch !== null) {
    const applied = run('git', ['apply', '--unsafe-paths', join(folder, patch)], copy)
    if (applied.status !== 0) {
      console.error(`${patch} no longer fits the source: make it anew.\n${applied.output}`)
      process.exit(1)
    }
  }
  const { status, output } = run('npx', ['vitest', 'run'], copy)
  rmSync(copy, { recursive: true })
  const broken = /Error: ((?:\d |told).*)/.exec(output)?.[1]
  if (patch === null) {
    if (status === 0) console.log(`sound    the source as it is, through ${runs} runs`)
    else {
      console.error(`The source as it is does not keep the promises: ${broken ?? output}`)
      process.exit(1)
    }
  } else if (status !== 0 && broken !== undefined) {
    found++
    console.log(`found    ${patch.replace('.patch', '')}: ${broken}`)
  } else {
    missed++
    console.log(`MISSED   ${patch.replace('.patch', '')}${status === 0 ? '' : `\n${output}`}`)
  }
}
console.log(`\n${found} passed, ${missed} failed`)
process.exit(missed === 0 ? 0 : 1)
