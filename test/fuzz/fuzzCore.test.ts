import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scenario } from './events.js'
import { brokenPromises } from './promises.js'
import { simulate } from './simulate.js'

const runs = Number(process.env.FUZZ_RUNS ?? 2_000)
const seed = process.env.FUZZ_SEED

it(`keeps the six promises through ${runs} random streams of events`, async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (played) => {
      expect(brokenPromises(played, await simulate(played))).toEqual([])
    }),
    { numRuns: runs, ...(seed !== undefined && { seed: Number(seed) }) },
  )
}, 600_000)
