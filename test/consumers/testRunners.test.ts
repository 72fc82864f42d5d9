import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runNode } from './runNode.js'

const tools = join(import.meta.dirname, '../../compat/tools')
const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs')

interface Report {
  testResults: { message: string }[]
}

it.each([
  ['Jest', 'node_modules/jest/bin/jest.js', ['--config', 'jest/jest.config.js', '--json']],
  ['Vitest', vitest, ['run', '--root', 'vitest', '--reporter', 'json']],
])(
  'an app’s test in %s sees the bubble come and go at the emulated Linq (row 85, row 87)',
  async (_runner, script, args) => {
    const { stdout, stderr } = await runNode(tools, script, ...args)
    expect(stdout, stderr).toMatch(/^\{/)
    const report = JSON.parse(stdout) as Report
    expect(report.testResults.map(({ message }) => message)).toEqual([''])
    expect(report).toMatchObject({ success: true, numPassedTests: 1, numTotalTests: 1 })
  },
)
