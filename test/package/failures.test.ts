import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('../failures.js', import.meta.url))

it('test/FAILURES.md has every row that a title bears, with the files that show it, and no other', () => {
  const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^\d{3,} rows, each shown by a test\.\n$/)
})
