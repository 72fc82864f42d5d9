import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { alias } from '../../vite.config.js'

/** Tables first: they find most mutants at once, and the rest of a run is spared. */
class TablesFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isTable = ({ moduleId }: TestSpecification) => !readFileSync(moduleId, 'utf8').includes('openChat')
    return Promise.resolve([...files].sort((one, other) => Number(isTable(other)) - Number(isTable(one))))
  }
}

/** The tests of what is mutated, and no others. */
export default defineConfig({
  resolve: { alias },
  test: {
    environment: 'node',
    include: ['test/{core,linq}/**/*.test.ts'],
    sequence: { sequencer: TablesFirst },
    testTimeout: 60_000,
  },
})
