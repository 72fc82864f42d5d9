import fc from 'fast-check'
import { type FuzzJourney, journeys } from './journeys.js'

/** What happens to an input, the page, the clock or the network; `after` ms from the event before. */
export type FuzzEvent = { after: number } & (
  | { what: 'edit' | 'clear' | 'switch' | 'leave' | 'toggle'; slot: number }
  | {
      what: 'send'
      slot: number
      outcome: 'sent' | 'failed' | 'refused' | 'pending'
      takes: number
      delivery: number
      told: number | null
    }
  /** Someone else sends into the chat of an input, perhaps again and again; a feed tells of it, perhaps not by whom. */
  | { what: 'others'; slot: number; delivery: number; isKnown: boolean; times: number; every: number }
  | { what: 'burst'; slot: number; keys: number; every: number }
  /** `gone` is between `pagehide` and `pageshow`; `show` ends that too. */
  | { what: 'hide' | 'gone' | 'show' | 'stop' | 'reset' }
  /** `offline` takes the network away; `lie` only says so. `online` ends both. */
  | { what: 'offline' | 'lie' | 'online' }
  | { what: 'freeze' | 'sleep' | 'late'; lasts: number }
  /** Every input leaves its chat, perhaps with a message on its way; one comes back after a while, and types. */
  | { what: 'revisit'; slot: number; takes: number | null; lasts: number; keys: number }
  | { what: 'close'; lasts: number }
  | { what: 'jump'; by: number }
)

export interface Scenario {
  lifetime: 60_000 | 90_000
  /** Whether every call is accepted and answered in time, while there is a network. */
  works: boolean
  events: FuzzEvent[]
  journeys: FuzzJourney[]
}

export const slots = 3

const slot = fc.nat(slots - 1)
const pause = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 1_500 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 12_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 100_000 }) },
)
const short = fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 2_000 }))
const long = fc.oneof(
  { weight: 5, arbitrary: short },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
)
const absence = fc.oneof(fc.integer({ min: 100, max: 30_000 }), fc.integer({ min: 1_000, max: 10_000_000 }))

const event = fc.oneof(
  { weight: 10, arbitrary: fc.record({ what: fc.constant('edit'), slot }) },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('burst'),
      slot,
      keys: fc.integer({ min: 2, max: 40 }),
      every: fc.oneof(fc.integer({ min: 50, max: 2_000 }), fc.integer({ min: 50, max: 9_900 })),
    }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('clear'), slot }) },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('send'),
      slot,
      outcome: fc.constantFrom('sent', 'sent', 'sent', 'failed', 'refused', 'pending'),
      takes: long,
      delivery: fc.integer({ min: 0, max: 3_000 }),
      told: fc.option(long, { freq: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('others'),
      slot,
      delivery: fc.integer({ min: 0, max: 3_000 }),
      isKnown: fc.boolean(),
      times: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 6 })),
      every: fc.integer({ min: 500, max: 8_000 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('switch', 'leave', 'toggle'), slot }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constantFrom('hide', 'gone', 'show', 'show', 'stop', 'reset') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constantFrom('offline', 'lie', 'online', 'online') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constantFrom('freeze', 'sleep', 'late'), lasts: absence }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('revisit'),
      slot,
      takes: fc.option(fc.integer({ min: 0, max: 20_000 }), { freq: 2 }),
      lasts: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 15_000 })),
      keys: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('close'),
      lasts: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 10_000 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('jump'),
      by: fc.constantFrom(-3_600_000, -5_000, -300, 300, 5_000, 3_600_000),
    }),
  },
)

/** Random streams of events, over a network that works and over one that does not, under both lifetimes. */
export const scenario: fc.Arbitrary<Scenario> = fc.boolean().chain((works) =>
  fc.record({
    lifetime: fc.constantFrom(60_000 as const, 90_000 as const),
    works: fc.constant(works),
    events: fc.array(
      fc.tuple(pause, event).map(([after, what]) => ({ after, ...what })),
      { maxLength: 30 },
    ),
    journeys: journeys(works),
  }),
)
