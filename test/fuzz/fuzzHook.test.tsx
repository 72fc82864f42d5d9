// @vitest-environment jsdom
import { it } from 'vitest'
import { createHookDriver } from './hookDriver.js'
import { fuzzSettings, keepsPromises } from './keepsPromises.js'

const settings = fuzzSettings(200)

it(`the hook keeps the six promises through ${settings.runs} random streams of events, seed ${settings.seed}`, async () => {
  await keepsPromises(createHookDriver, settings)
}, 3_000_000)
