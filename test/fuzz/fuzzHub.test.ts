import fc from 'fast-check'
import { afterEach, beforeEach, it, vi } from 'vitest'
import { fuzzSettings } from './keepsPromises.js'
import { hubScenario } from './hub/events.js'
import { brokenPromises } from './hub/promises.js'
import { simulate } from './hub/simulate.js'

const { runs, seed } = fuzzSettings(500)

beforeEach(() => {
  // A hub that was never told of a message says so.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
})

it(`the hub keeps its promises through ${runs} random streams of what agents do, seed ${seed}`, async () => {
  await fc.assert(
    fc.asyncProperty(hubScenario, async (played) => {
      const broken = brokenPromises(played, await simulate(played))
      if (broken.length > 0) throw new Error(broken.join('\n'))
    }),
    { numRuns: runs, seed },
  )
}, 3_000_000)
