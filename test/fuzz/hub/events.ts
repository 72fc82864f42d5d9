import fc from 'fast-check'
import { type FuzzJourney, journeys } from '../journeys.js'

/** How one command travels to the store and back, in ms; `fails` is an error, and `lost` is no answer at all. */
export interface CommandTrip {
  up: number | 'lost' | 'fails'
  down: number | 'lost' | 'fails'
}

/** How one request of a page travels, and to which process. */
export interface PageTrip {
  process: number
  up: number | 'lost'
  down: number | 'lost'
}

/** How the hub is told of a message; `nobody` names no sender, as a webhook does. */
export interface Telling {
  process: number
  by: 'actor' | 'nobody'
  /** After the message was accepted; null is never. */
  delay: number | null
  /** After the first time; null is once. */
  again: number | null
}

/** What happens to a tab or a process; `after` ms from the event before. */
export type HubEvent = { after: number } & (
  | { what: 'edit' | 'clear' | 'switch'; tab: number }
  | { what: 'burst'; tab: number; keys: number; every: number }
  /** One tab begins and falls silent; another begins at about the same time, and falls silent too. */
  | { what: 'relay'; tab: number; next: number; held: number; lag: number; lasts: number }
  | { what: 'send'; tab: number; takes: number; delivery: number; telling: Telling }
  /** A tab begins and dies without a stop; its connections may break at once. Another takes its place, and `next` begins. */
  | { what: 'die'; tab: number; hangsUp: boolean; next: number; held: number; lag: number; lasts: number }
  /** A tab dies as it is. */
  | { what: 'vanish'; tab: number; hangsUp: boolean }
  /** A process is killed. Another takes its place. */
  | { what: 'crash'; process: number }
)

/** What may go wrong: nothing but tabs that die; commands to the store; or everything. */
export type Weather = 'calm' | 'store' | 'all'

export interface HubScenario {
  weather: Weather
  lifetime: 60_000 | 90_000
  /** Whether the hub was told of a message before. */
  isTold: boolean
  /** The clock of each process, in ms ahead of the store's. */
  clocks: number[]
  events: HubEvent[]
  journeys: FuzzJourney[]
  commands: CommandTrip[]
  trips: PageTrip[]
}

export const agents = 3
export const tabsEach = 2
export const processes = 3

const tab = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 2, 4) },
  { weight: 1, arbitrary: fc.nat(agents * tabsEach - 1) },
)
const process = fc.nat(processes - 1)
const upTo = (max: number) => fc.integer({ min: 0, max })
const pause = fc.oneof(
  { weight: 3, arbitrary: upTo(100) },
  { weight: 3, arbitrary: upTo(2_000) },
  { weight: 3, arbitrary: upTo(15_000) },
  { weight: 1, arbitrary: upTo(70_000) },
)

const telling = (weather: Weather): fc.Arbitrary<Telling> =>
  fc.record({
    process,
    by: fc.constantFrom('actor', 'actor', 'nobody'),
    delay: weather === 'calm' ? upTo(2_000) : fc.option(upTo(2_000), { freq: 5 }),
    again: fc.option(upTo(60_000), { freq: 2 }),
  })

const sibling = (tab: number) => tab - (tab % tabsEach) + ((tab + 1) % tabsEach)
const turns = fc.record({
  ...{ tab, next: tab, isSibling: fc.constantFrom(false, false, true) },
  ...{ held: upTo(3_000), lag: fc.oneof(upTo(150), upTo(600)) },
  lasts: fc.oneof(upTo(1_500), upTo(12_000)),
})

const event = (weather: Weather) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ what: fc.constant('edit'), tab }) },
    {
      weight: 6,
      arbitrary: fc.record({
        what: fc.constant('burst'),
        tab,
        keys: fc.integer({ min: 2, max: 16 }),
        every: fc.integer({ min: 100, max: 9_900 }),
      }),
    },
    { weight: 5, arbitrary: fc.record({ what: fc.constant('clear'), tab }) },
    {
      weight: 5,
      arbitrary: turns.map(({ tab, next, isSibling, ...turn }) => ({
        ...{ what: 'relay' as const, tab, next: isSibling ? sibling(tab) : next },
        ...turn,
      })),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        what: fc.constant('send'),
        tab,
        takes: upTo(1_000),
        delivery: fc.integer({ min: 0, max: 2_600 }),
        telling: telling(weather),
      }),
    },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('switch'), tab }) },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('vanish'), tab, hangsUp: fc.boolean() }) },
    {
      weight: 2,
      arbitrary: fc.record({
        ...{ what: fc.constant('die'), tab, hangsUp: fc.boolean(), next: tab, held: upTo(20_000) },
        ...{ lag: fc.oneof(upTo(1_000), upTo(80_000)), lasts: upTo(12_000) },
      }),
    },
    ...(weather === 'all'
      ? [{ weight: 1, arbitrary: fc.record({ what: fc.constant('crash'), process }) }]
      : []),
  )

const leg = upTo(60)
/** Failures are rare, or each would excuse what the others cause. */
const shaky = fc.oneof(
  { weight: 100, arbitrary: leg },
  { weight: 1, arbitrary: upTo(2_000) },
  { weight: 1, arbitrary: fc.constantFrom('lost' as const, 'fails' as const) },
)
const commandLeg = (weather: Weather) => (weather === 'calm' ? leg : shaky)
const pageLeg = (weather: Weather) =>
  weather === 'all'
    ? fc.oneof({ weight: 14, arbitrary: upTo(1_000) }, { weight: 1, arbitrary: fc.constant('lost' as const) })
    : upTo(100)
const quick = fc.oneof(upTo(20), upTo(400), fc.integer({ min: 300, max: 400 }))
const accepted = { status: 204, code: 0, retryAfter: null, isPage: false, hasLanded: true }

/** Random streams of what agents do, over every weather and under both lifetimes. */
export const hubScenario: fc.Arbitrary<HubScenario> = fc
  .constantFrom<Weather>('calm', 'calm', 'store', 'all')
  .chain((weather) =>
    fc.record({
      weather: fc.constant(weather),
      lifetime: fc.constantFrom(60_000 as const, 90_000 as const),
      isTold: fc.constantFrom(true, true, true, true, false),
      clocks: fc.array(upTo(2_000), { minLength: processes, maxLength: processes }),
      events: fc.array(
        fc.tuple(pause, event(weather)).map(([after, what]) => ({ after, ...what })),
        { maxLength: 24 },
      ),
      journeys:
        weather === 'all'
          ? journeys(false)
          : fc.array(fc.record({ up: quick, down: quick, answer: fc.constant(accepted) }), {
              minLength: 1,
              maxLength: 12,
            }),
      commands: fc.array(fc.record({ up: commandLeg(weather), down: commandLeg(weather) }), {
        minLength: 1,
        maxLength: 80,
      }),
      trips: fc.array(fc.record({ process, up: pageLeg(weather), down: pageLeg(weather) }), {
        minLength: 1,
        maxLength: 12,
      }),
    }),
  )
