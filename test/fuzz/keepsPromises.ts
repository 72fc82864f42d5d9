import fc from 'fast-check'
import type { CreateDriver } from './driver.js'
import { scenario } from './events.js'
import { brokenPromises } from './promises.js'
import { simulate } from './simulate.js'

/** How much is asked for: `npm run fuzz` says it by the environment. */
export function fuzzSettings(runs: number): { runs: number; seed: number; shrinks: boolean } {
  const { FUZZ_RUNS, FUZZ_SEED, FUZZ_SHRINK } = process.env
  return { runs: Number(FUZZ_RUNS ?? runs), seed: Number(FUZZ_SEED ?? 1), shrinks: FUZZ_SHRINK !== 'no' }
}

/** Plays random scenarios until one breaks a promise; then throws with the smallest that does. */
export async function keepsPromises(
  createDriver: CreateDriver,
  { runs, seed }: { runs: number; seed: number },
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(scenario, async (played) => {
      const broken = brokenPromises(played, await simulate(played, createDriver))
      if (broken.length > 0) throw new Error(broken.join('\n'))
    }),
    { numRuns: runs, seed },
  )
}
