import fc from 'fast-check'
import { afterEach, beforeEach, it, vi } from 'vitest'
import { fuzzSettings } from './keepsPromises.js'
import { wayBackScenario } from './wayBack/events.js'
import { brokenPromises } from './wayBack/judge.js'
import { simulate } from './wayBack/simulate.js'

const { runs, seed, shrinks } = fuzzSettings(500)

beforeEach(() => {
  // Hubs and pages say what looks like a mistake.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
})

it(`the way back keeps its promises through ${runs} random streams of what others do, seed ${seed}`, async () => {
  await fc.assert(
    fc.asyncProperty(wayBackScenario, async (played) => {
      const broken = brokenPromises(await simulate(played))
      if (broken.length > 0) throw new Error(broken.slice(0, 20).join('\n'))
    }),
    { numRuns: runs, seed, endOnFailure: !shrinks },
  )
}, 3_000_000)
