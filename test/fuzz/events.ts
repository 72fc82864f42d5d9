import fc from 'fast-check'

/** What happens to an input, the page, the clock or the network; `after` ms from the event before. */
export type FuzzEvent = { after: number } & (
  | { what: 'edit' | 'clear' | 'switch' | 'leave' | 'toggle'; slot: number }
  | { what: 'send'; slot: number; outcome: 'sent' | 'failed' | 'pending'; takes: number; delivery: number }
  | { what: 'burst'; slot: number; keys: number; every: number }
  | { what: 'hide' | 'show' | 'stop' | 'reset' | 'offline' | 'online' }
  | { what: 'freeze' | 'sleep' | 'late'; lasts: number }
  | { what: 'close'; lasts: number }
  | { what: 'jump'; by: number }
)

/** What becomes of one typing call. */
export interface FuzzJourney {
  up: number | 'lost' | 'reset'
  down: number | 'lost' | 'reset'
  status: number
  code: number
  retryAfter: number
}

export interface Scenario {
  lifetime: 60_000 | 90_000
  /** Whether every call is accepted and answered in time. */
  works: boolean
  events: FuzzEvent[]
  journeys: FuzzJourney[]
}

export const slots = 3

const slot = fc.nat(slots - 1)
const mostly = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 1_500 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 12_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 100_000 }) },
)

const arbitraries = (works: boolean): fc.WeightedArbitrary<object>[] => [
  { weight: 10, arbitrary: fc.record({ what: fc.constant('edit'), slot }) },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('burst'),
      slot,
      keys: fc.integer({ min: 2, max: 40 }),
      every: fc.integer({ min: 50, max: 9_900 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('clear'), slot }) },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('send'),
      slot,
      outcome: fc.constantFrom('sent', 'sent', 'sent', 'failed', 'pending'),
      takes: fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: works ? 2_000 : 20_000 })),
      delivery: fc.integer({ min: 0, max: 3_000 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('switch', 'leave', 'toggle'), slot }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('hide', 'show', 'show', 'stop', 'reset') }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom('offline', 'online', 'online') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constantFrom('freeze', 'sleep', 'late'),
      lasts: fc.oneof(fc.integer({ min: 100, max: 30_000 }), fc.integer({ min: 1_000, max: 10_000_000 })),
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
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('jump'),
      by: fc.constantFrom(-3_600_000, -5_000, -300, 300, 5_000, 3_600_000),
    }),
  },
]

const leg = (works: boolean) =>
  works
    ? fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 1_000 }))
    : fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 0, max: 1_000 }) },
        { weight: 2, arbitrary: fc.integer({ min: 0, max: 8_000 }) },
        { weight: 1, arbitrary: fc.constantFrom('lost' as const, 'reset' as const) },
      )

const answer = (works: boolean) =>
  works
    ? fc.constant({ status: 204, code: 0, retryAfter: 0 })
    : fc.oneof(
        { weight: 6, arbitrary: fc.constant({ status: 204, code: 0, retryAfter: 0 }) },
        { weight: 1, arbitrary: fc.constant({ status: 500, code: 3001, retryAfter: 0 }) },
        { weight: 1, arbitrary: fc.constant({ status: 503, code: 4004, retryAfter: 0 }) },
        { weight: 1, arbitrary: fc.constant({ status: 409, code: 2009, retryAfter: 0 }) },
        {
          weight: 1,
          arbitrary: fc.record({
            status: fc.constant(429),
            code: fc.constant(1007),
            retryAfter: fc.integer({ min: 0, max: 60 }),
          }),
        },
        { weight: 1, arbitrary: fc.constant({ status: 401, code: 2004, retryAfter: 0 }) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(403, 404).map((status) => ({ status, code: 2005, retryAfter: 0 })),
        },
      )

/** Random streams of events, over a network that works and over one that does not, under both lifetimes. */
export const scenario: fc.Arbitrary<Scenario> = fc.boolean().chain((works) =>
  fc.record({
    lifetime: fc.constantFrom(60_000 as const, 90_000 as const),
    works: fc.constant(works),
    events: fc.array(
      fc
        .tuple(mostly, fc.oneof(...arbitraries(works)))
        .map(([after, event]) => ({ after, ...event }) as FuzzEvent),
      { maxLength: 30 },
    ),
    journeys: fc.array(
      fc.tuple(leg(works), leg(works), answer(works)).map(([up, down, said]) => ({ up, down, ...said })),
      { minLength: 1, maxLength: 20 },
    ),
  }),
)
