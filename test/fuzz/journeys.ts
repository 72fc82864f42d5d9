import fc from 'fast-check'

/** What Linq, or somebody before it, answers. */
export interface FuzzAnswer {
  status: number
  /** Linq's code; 0 is an answer without Linq's envelope. */
  code: number
  /** Seconds, or null where the answer does not say. */
  retryAfter: number | null
  /** A web page in place of what a typing endpoint says. */
  isPage: boolean
  /** Whether the call took effect, whatever was answered. */
  hasLanded: boolean
}

/** What becomes of one typing call. */
export interface FuzzJourney {
  up: number | 'lost' | 'reset'
  down: number | 'lost' | 'reset'
  answer: FuzzAnswer
}

const answer = (status: number, code = 0, more: Partial<FuzzAnswer> = {}): FuzzAnswer => ({
  status,
  code,
  retryAfter: null,
  isPage: false,
  hasLanded: status < 300,
  ...more,
})

const accepted = answer(204)
const passing = [
  answer(500, 3001),
  answer(500, 3001),
  answer(500, 4002),
  answer(503, 4004),
  answer(502, 3002),
  answer(504, 3006),
  answer(504, 3006, { hasLanded: true }),
  answer(408),
  answer(409, 2009),
  answer(409, 2015),
  answer(409, 2999),
  answer(418),
  answer(421),
  answer(425, 1999),
]
const withoutEnvelope = [400, 403, 404, 410, 422].map((status) => answer(status))
const pages = [
  answer(200, 0, { isPage: true }),
  answer(404, 0, { isPage: true, hasLanded: false }),
  answer(502, 0, { isPage: true }),
]
const final = [
  answer(403, 2005),
  answer(404, 2001),
  answer(400, 1005),
  answer(422, 1002),
  answer(410, 2013),
  answer(409, 2013),
  answer(409, 2016),
  answer(409, 2017),
]
const unauthorized = answer(401, 2004)
const limits = fc
  .option(fc.integer({ min: 0, max: 60 }), { freq: 4 })
  .map((retryAfter) => answer(429, 1007, { retryAfter }))

const answers = fc.oneof(
  { weight: 12, arbitrary: fc.constant(accepted) },
  { weight: 6, arbitrary: fc.constantFrom(...passing) },
  { weight: 1, arbitrary: fc.constantFrom(...withoutEnvelope) },
  { weight: 1, arbitrary: fc.constantFrom(...pages) },
  { weight: 2, arbitrary: limits },
  { weight: 2, arbitrary: fc.constant(unauthorized) },
  { weight: 1, arbitrary: fc.constantFrom(...final) },
)

/** In a network that works, up and down together take less than the timeout. */
const quick = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 2_400 }))
const uncertain = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 1_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 8_000 }) },
  { weight: 1, arbitrary: fc.constantFrom('lost' as const, 'reset' as const) },
)

/** @param works whether every call is accepted and answered in time. */
export const journey = (works: boolean): fc.Arbitrary<FuzzJourney> =>
  works
    ? fc.record({ up: quick, down: quick, answer: fc.constant(accepted) })
    : fc.record({ up: uncertain, down: uncertain, answer: answers })

/** Many calls that meet the same, so that what happens in a row happens often. */
export const journeys = (works: boolean): fc.Arbitrary<FuzzJourney[]> =>
  fc
    .array(fc.tuple(journey(works), works ? fc.constant(1) : fc.constantFrom(1, 1, 1, 2, 3, 5)), {
      minLength: 1,
      maxLength: 16,
    })
    .map((runs) => runs.flatMap(([one, times]) => Array.from({ length: times }, () => one)))
