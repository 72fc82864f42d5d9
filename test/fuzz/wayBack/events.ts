import fc from 'fast-check'

/** How a webhook comes: how long after it happened it is signed, how long it travels, and to which process. */
export interface Delivery {
  after: number
  travels: number
  process: number
}

/** What a page or its network may suffer. */
export type Mishap =
  'hide' | 'sleep' | 'freeze' | 'cache' | 'close' | 'cut' | 'stall' | 'silent' | 'refuse' | 'busy'

/** What happens, `after` ms from what happened before. */
export type WayBackEvent = { after: number } & (
  | {
      what: 'sign'
      kind: 'typing' | 'idle' | 'message'
      chat: number
      /** The last one has no handle. */
      who: number
      /** Whether it is told by the second, so that it may be as old as another. */
      isRounded: boolean
      form: '2025' | '2026'
      deliveries: Delivery[]
    }
  | { what: 'agent'; does: 'start' | 'stop'; agent: number; chat: number; process: number }
  | { what: 'sent'; agent: number | null; chat: number; process: number; webhook: Delivery[] }
  | { what: 'page'; page: number; mishap: Mishap; lasts: number; first: 'network' | 'timers' }
  | { what: 'sight'; page: number; chat: number }
  | { what: 'store'; mode: 'fails' | 'hangs' | 'lost' | 'well'; isDeaf: boolean; lasts: number }
  | { what: 'crash'; process: number; lasts: number }
)

export interface WayBackScenario {
  weather: 'calm' | 'network' | 'all'
  /** What chance begins with. */
  luck: number
  /** When each page opens, and how long it shows nothing of the feed after that. */
  pages: { opens: number; looksAfter: number; asks: number }[]
  /** By how much each process's clock is ahead. */
  clocks: number[]
  /** How long commands and changes of the store travel. */
  trips: number[]
  /** How long chunks of a stream travel. */
  latencies: number[]
  /** Which process each connection reaches. */
  routes: number[]
  events: WayBackEvent[]
}

export const processes = 2
export const agents = ['ada', 'ben', 'cem']
export const handles = ['+15550101', '+15550102', undefined]
/** A chat of two, and a group. */
export const chats = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
/** Whose each page is. The last one is of another tenant; the one before may not see everything. */
export const pageOwners = [
  { actor: 'ada', tenant: 'one' },
  { actor: 'ben', tenant: 'one' },
  { actor: 'dee', tenant: 'one' },
  { actor: 'ada', tenant: 'two' },
]

const upTo = (max: number) => fc.integer({ min: 0, max })
const process = upTo(processes - 1)
const chat = upTo(chats.length - 1)
const pause = fc.oneof(
  { weight: 3, arbitrary: upTo(400) },
  { weight: 4, arbitrary: upTo(5_000) },
  { weight: 3, arbitrary: upTo(20_000) },
  { weight: 1, arbitrary: upTo(95_000) },
)
const delivery = fc.record({
  after: fc.oneof(
    { weight: 5, arbitrary: upTo(500) },
    { weight: 2, arbitrary: upTo(15_000) },
    { weight: 1, arbitrary: upTo(100_000) },
  ),
  travels: upTo(800),
  process,
})
const deliveries = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(delivery) },
  { weight: 4, arbitrary: fc.array(delivery, { maxLength: 3 }) },
)

const sign = fc.record({
  what: fc.constant('sign'),
  kind: fc.constantFrom(
    'typing' as const,
    'typing' as const,
    'typing' as const,
    'idle' as const,
    'message' as const,
  ),
  ...{ chat, who: fc.constantFrom(0, 0, 1, 2), isRounded: fc.boolean(), deliveries },
  form: fc.constantFrom('2025' as const, '2026' as const),
})
const agent = upTo(agents.length - 1)
const colleague = fc.record({
  ...{
    what: fc.constant('agent'),
    does: fc.constantFrom('start' as const, 'start' as const, 'stop' as const),
  },
  ...{ agent, chat, process },
})
const sent = fc.record({
  ...{ what: fc.constant('sent'), agent: fc.option(agent, { freq: 3 }), chat, process },
  webhook: fc.oneof(fc.constant([]), fc.tuple(delivery)),
})
const page = fc.record({
  ...{ what: fc.constant('page'), page: upTo(pageOwners.length - 2) },
  mishap: fc.constantFrom<Mishap>(
    ...(['hide', 'sleep', 'freeze', 'cache', 'close'] as const),
    ...(['cut', 'cut', 'stall', 'silent', 'refuse', 'busy'] as const),
  ),
  lasts: fc.oneof(upTo(5_000), upTo(30_000), upTo(110_000)),
  first: fc.constantFrom('network' as const, 'timers' as const),
})
const sight = fc.record({ what: fc.constant('sight'), page: fc.constantFrom(2, 2, 1), chat })
const store = fc.record({
  ...{ what: fc.constant('store'), mode: fc.constantFrom('fails', 'hangs', 'lost', 'well') },
  ...{ isDeaf: fc.boolean(), lasts: fc.oneof(upTo(1_000), upTo(20_000)) },
})
const crash = fc.record({ what: fc.constant('crash'), process, lasts: fc.oneof(upTo(500), upTo(20_000)) })

const event = (weather: WayBackScenario['weather']) =>
  fc.oneof(
    { weight: 12, arbitrary: sign },
    { weight: 4, arbitrary: colleague },
    { weight: 1, arbitrary: sent },
    { weight: 1, arbitrary: sight },
    ...(weather === 'calm' ? [] : [{ weight: 4, arbitrary: page }]),
    ...(weather === 'all' ? [{ weight: 4, arbitrary: fc.oneof(store, store, crash) }] : []),
  )

/** Random streams of what the other side, agents, pages and servers do, over every weather. */
export const wayBackScenario: fc.Arbitrary<WayBackScenario> = fc
  .constantFrom<WayBackScenario['weather']>('calm', 'network', 'network', 'all')
  .chain((weather) =>
    fc.record({
      weather: fc.constant(weather),
      luck: fc.integer({ min: 1, max: 2_147_483_646 }),
      pages: fc.array(
        fc.record({
          opens: fc.oneof(upTo(100), upTo(60_000)),
          looksAfter: fc.oneof(fc.constant(0), upTo(10_000)),
          asks: fc.oneof(fc.constant(0), upTo(1_500)),
        }),
        { minLength: pageOwners.length, maxLength: pageOwners.length },
      ),
      clocks: fc.array(fc.integer({ min: -2_000, max: 2_000 }), {
        minLength: processes,
        maxLength: processes,
      }),
      trips: fc.array(upTo(40), { minLength: 1, maxLength: 20 }),
      latencies: fc.array(upTo(120), { minLength: 1, maxLength: 8 }),
      routes: fc.array(process, { minLength: 1, maxLength: 8 }),
      events: fc.array(
        fc.tuple(pause, event(weather)).map(([after, what]) => ({ after, ...what }) as WayBackEvent),
        { maxLength: 24 },
      ),
    }),
  )
