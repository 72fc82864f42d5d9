import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Outcome, runNode, runWith } from './runNode.js'

const compat = join(import.meta.dirname, '../../compat')
const tools = join(compat, 'tools')
const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs')

interface Report {
  testResults: { message: string }[]
}

function expectPassed({ stdout, stderr }: Outcome, count: number) {
  expect(stdout, stderr).toMatch(/^\{/)
  const report = JSON.parse(stdout) as Report
  expect(report.testResults.map(({ message }) => message)).toEqual([''])
  expect(report).toMatchObject({ success: true, numPassedTests: count, numTotalTests: count })
}

it('an app’s test in Vitest sees the bubble come and go at the emulated Linq (row 85, row 87)', async () => {
  expectPassed(await runNode(tools, vitest, 'run', '--root', 'vitest', '--reporter', 'json'), 1)
})

it.each(['jest.config.mjs', 'jsdomWithFetch.mjs'])(
  'docs/testing.md prints %s as it is tried here (row 119)',
  (file) => {
    const guide = readFileSync(join(compat, '../docs/testing.md'), 'utf8')
    expect(guide).toContain(`// ${file}\n${readFileSync(join(tools, 'jest', file), 'utf8')}`)
  },
)

const release = (major: number) => join(compat, `nodes/node_modules/node${major}/bin/node`)

/** Where a release is no package for this system, this Node alone is tried. */
const nodes: [string, string][] = [
  ['this Node', process.execPath],
  ['Node 22', release(22)],
  ['Node 24', release(24)],
]

describe.each(nodes)('on %s', (_, node) => {
  const kinds = { module: join(tools, 'jest'), commonjs: join(tools, 'jestCommonJs.local') }

  beforeAll(() => {
    cpSync(kinds.module, kinds.commonjs, { recursive: true })
    writeFileSync(join(kinds.commonjs, 'package.json'), JSON.stringify({ type: 'commonjs' }))
  })
  afterAll(() => rmSync(kinds.commonjs, { recursive: true }))

  it.runIf(existsSync(node)).each(Object.entries(kinds))(
    'an app’s tests in Jest, in a project of type %s, see the bubble, call by fetch and read what comes back (row 85, row 87, row 119)',
    async (_type, folder) => {
      expectPassed(await runWith(node, folder, join(tools, 'node_modules/jest/bin/jest.js'), '--json'), 4)
    },
  )
})
