import { it } from 'vitest'
import { createCoreDriver } from './driver.js'
import { fuzzSettings, keepsPromises } from './keepsPromises.js'

const settings = fuzzSettings(2_000)

it(`the core keeps the six promises through ${settings.runs} random streams of events, seed ${settings.seed}`, async () => {
  await keepsPromises(createCoreDriver, settings)
}, 3_000_000)
