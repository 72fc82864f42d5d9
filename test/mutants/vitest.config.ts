import { defineConfig } from 'vitest/config'
import { alias } from '../../vite.config.js'

/** The tests of what is mutated, and no others. */
export default defineConfig({
  resolve: { alias },
  test: {
    environment: 'node',
    include: ['test/{core,linq}/**/*.test.ts'],
    testTimeout: 60_000,
  },
})
