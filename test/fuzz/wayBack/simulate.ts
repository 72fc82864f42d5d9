import { createMemoryStore } from 'react-linq-typing/server'
import { createCluster } from './cluster.js'
import { chats, pageOwners, type WayBackEvent, type WayBackScenario } from './events.js'
import { sampling } from './figures.js'
import { createLinqSide } from './linqSide.js'
import { createPage, createPageMachine } from './page.js'
import { createPlayer, type Written } from './player.js'
import { createStoreLink } from './storeLink.js'
import { type PageRecord, type Sample, seesNow, type WayBackTranscript } from './transcript.js'
import { createWire } from './wire.js'
import { startWorld } from './world.js'

/** By then all mishaps are over, and everything is well again. */
const recovery = 185_000

const well = { after: 0, travels: 10, process: 0 }
const lastSign = (kind: 'typing' | 'message', chat: number): WayBackEvent => ({
  ...{ what: 'sign', after: 0, kind, chat, who: 0, isRounded: false, form: '2026', deliveries: [well] },
})

/** Plays a scenario on the real parts, and writes down what every page shows at each second. */
export async function simulate(scenario: WayBackScenario): Promise<WayBackTranscript> {
  const world = startWorld(scenario.luck)
  const left: string[] = []
  const onUnhandled = (reason: unknown) => left.push(`unhandled: ${String(reason)}`)
  process.on('unhandledRejection', onUnhandled)
  try {
    const link = createStoreLink(createMemoryStore(), world, scenario.trips)
    const written: Written = {
      ...{ signs: [], deeds: [], outages: [], crashes: [] },
      pages: pageOwners.map((owner, page): PageRecord => ({
        ...{ ...owner, connections: [], stalls: [], absences: [], cutOff: [], hidden: [], told: [] },
        sight: chats.map((chat, index) => ({ at: 0, chat, maySee: page !== 2 || index === 0 })),
      })),
    }
    const cluster = createCluster(scenario.clocks, link, ({ headers }) => {
      const page = Number(headers.get('x-page'))
      const record = written.pages[page]!
      const { actor, tenant } = record
      const { asks } = scenario.pages[page]!
      const maySee = (chat: string) => seesNow(record, chat)
      return {
        ...{ actor, tenant },
        maySee: (chat) => (asks === 0 ? maySee(chat) : world.wait(asks).then(() => maySee(chat))),
      }
    })
    const pages = written.pages.map((record, page) => {
      const machine = createPageMachine(page * 1_000_000)
      const { routes, latencies } = scenario
      const { connections } = record
      const wire = createWire({ world, cluster, machine, page, connections, routes, latencies })
      return createPage(world, record, { machine, wire })
    })
    const play = createPlayer({ world, cluster, link, linq: createLinqSide(world, cluster), pages, written })
    scenario.pages.forEach(({ opens, looksAfter }, page) => {
      world.later(1 + opens, pages[page]!.open)
      world.later(2 + opens + looksAfter, pages[page]!.look)
    })
    const samples: Sample[] = []
    let isOver = false
    const sample = () => {
      if (isOver) return
      world.later(sampling, sample)
      pages.forEach((page, index) =>
        chats.forEach((chat) => {
          const view = page.view(chat)
          if (view === undefined) return
          const { isTyping, handles } = view.recipient
          const agents = view.agents.map(({ id }) => id)
          samples.push({ at: world.now(), page: index, chat, isTyping, handles, agents })
        }),
      )
    }
    sample()
    for (const event of scenario.events) {
      await world.pass(event.after)
      play(event)
    }
    await world.pass(recovery)
    chats.forEach((_, chat) => play(lastSign('typing', chat)))
    await world.pass(8_000)
    chats.forEach((_, chat) => play(lastSign('message', chat)))
    await world.pass(8_000)
    isOver = true
    pages.forEach(({ close }) => close())
    await world.pass(100_000)
    if (world.timersLeft() > 0) left.push(`${world.timersLeft()} timers`)
    if (cluster.streams() > 0) left.push(`${cluster.streams()} streams`)
    if (link.subscriptions() > 0) left.push(`${link.subscriptions()} subscriptions`)
    left.push(...cluster.errors)
    return { ...written, samples, left }
  } finally {
    world.stop()
    process.off('unhandledRejection', onUnhandled)
  }
}
