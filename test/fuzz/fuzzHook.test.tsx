// @vitest-environment jsdom
import { it, vi } from 'vitest'
import { createHookDriver } from './hookDriver.js'
import { fuzzSettings, keepsPromises } from './keepsPromises.js'

const settings = fuzzSettings(200)

it(`the hook keeps the six promises through ${settings.runs} random streams of events, seed ${settings.seed}`, async () => {
  // A mistake in the set-up is printed once: some answers look like one.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await keepsPromises(createHookDriver, settings)
}, 3_000_000)
