import type { Reporter, TestModule } from 'vitest/node'

/** Closes a run with a line that people and machines read alike: `N passed, N failed`. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0
    let failed = unhandledErrors.length
    let skipped = 0
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') passed++
        else if (state === 'failed') failed++
        else skipped++
      }
      failed += module.errors().length
    }
    process.on('exit', (code) => {
      // A run that could not begin, or ended badly for another reason, is no success either.
      if (code !== 0 && failed === 0) failed = 1
      if (skipped > 0) process.stdout.write(`\n${String(skipped)} skipped`)
      process.stdout.write(`\n${String(passed)} passed, ${String(failed)} failed\n`)
    })
  }
}
