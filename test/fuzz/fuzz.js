// npm run fuzz -- --runs N --seed S [--layer core|hook|hub|wayBack]
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    layer: { type: 'string', default: 'core' },
  },
})
const files = {
  core: 'test/fuzz/fuzzCore.test.ts',
  hook: 'test/fuzz/fuzzHook.test.tsx',
  hub: 'test/fuzz/fuzzHub.test.ts',
  wayBack: 'test/fuzz/fuzzWayBack.test.ts',
}
const file = files[values.layer]
if (file === undefined) {
  console.error(`There is no layer ${values.layer}: take core, hook, hub or wayBack.`)
  process.exit(2)
}
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'node', file], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: {
    ...process.env,
    FUZZ_RUNS: values.runs,
    FUZZ_SEED: values.seed ?? String(Date.now() % 2 ** 31),
  },
})
process.exit(status ?? 1)
