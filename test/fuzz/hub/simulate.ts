import { createMemoryStore, createTypingHub } from 'react-linq-typing/server'
import { startVirtualTime } from '../virtualTime.js'
import { createDistantStore } from './distantStore.js'
import { agents, type HubScenario, tabsEach } from './events.js'
import { startPlaces } from './places.js'
import { createPlayer } from './player.js'
import { createRecord } from './record.js'
import { createServers } from './servers.js'
import type { HubTranscript } from './transcript.js'
import { createUpstream } from './upstream.js'

/** Longer than any lease, any bubble, or any wait for a stop's repetition lasts. */
const aftermath = 500_000

/** Plays a scenario against the emulated Linq and writes down everything that can be seen from outside. */
export async function simulate(
  scenario: HubScenario,
  { hasHub = true, hearsMessages = false } = {},
): Promise<HubTranscript> {
  const time = startVirtualTime()
  startPlaces()
  const unsettled: string[] = []
  const onUnhandled = (reason: unknown) => unsettled.push(`unhandled: ${String(reason)}`)
  process.on('unhandledRejection', onUnhandled)
  try {
    const store = createMemoryStore()
    const record = createRecord(time, store)
    const upstream = createUpstream(scenario, time, record.noteLinqCall)
    const { linq } = upstream
    const chats = [linq.addChat(), linq.addChat()]
    const distant = createDistantStore(store, {
      trips: scenario.commands,
      time,
      onFault: () => record.faults.push(time.now()),
    })
    const servers = createServers(upstream.client, hasHub ? distant : undefined, scenario.clocks)
    if (scenario.isTold) await createTypingHub({ store }).sent(linq.addChat())
    const player = createPlayer(
      { time, servers, upstream, record, chats, trips: scenario.trips },
      agents * tabsEach,
    )
    if (hearsMessages)
      store.subscribe('', (change) => {
        if (change.type === 'message') player.hearMessage(change.chatId, change.actor)
      })
    for (const event of scenario.events) {
      await time.pass(event.after)
      await player.play(event)
    }
    await time.pass(20_000)
    player.closeAll()
    await time.pass(aftermath)
    return {
      ...record.read(linq),
      chats,
      bubbles: new Map(chats.map((chat) => [chat, linq.timeline(chat)])),
      end: time.now(),
      timersLeft: time.pageTimers(),
      unsettled: [...unsettled, ...player.unsettled()],
    }
  } finally {
    time.stop()
    process.off('unhandledRejection', onUnhandled)
  }
}
