import type { CreateDriver } from './driver.js'
import type { Scenario } from './events.js'
import type { ChatEvent, LogEntry, PageEvent, Transcript } from './log.js'
import { createNetwork } from './network.js'
import { createPlayer } from './player.js'
import { startVirtualTime } from './virtualTime.js'

/** Plays a scenario against the emulated Linq and writes down everything that can be seen from outside. */
export async function simulate(scenario: Scenario, createDriver: CreateDriver): Promise<Transcript> {
  const time = startVirtualTime()
  const unhandled: unknown[] = []
  const onUnhandled = (reason: unknown) => unhandled.push(reason)
  process.on('unhandledRejection', onUnhandled)
  const log: LogEntry[] = []
  const noteChat = (chat: string, event: ChatEvent) => void log.push({ ...time.moment(), chat, ...event })
  const notePage = (event: PageEvent) => void log.push({ ...time.moment(), chat: null, ...event })
  try {
    const network = createNetwork(scenario, time, noteChat)
    const chats = [network.linq.addChat(), network.linq.addChat()] as const
    const page = createDriver(network.fetcher, chats, (chat, state) =>
      noteChat(chat, { what: 'told', state }),
    )
    const player = createPlayer({ time, page, network, chats, noteChat, notePage })
    player.begin()
    for (const event of scenario.events) {
      await time.pass(event.after)
      await player.play(event)
    }
    await time.pass(30_000)
    await player.play({ what: 'online', after: 0 })
    player.leaveAll()
    await time.pass(20_000)
    const timersLeft = player.timersLeft() + time.pageTimers()
    notePage({ what: 'closed' })
    page.unmount()
    await time.pass(2 * scenario.lifetime)
    return {
      chats,
      log,
      bubbles: new Map(chats.map((chat) => [chat, network.linq.timeline(chat)])),
      end: time.now(),
      timersLeft,
      unhandled,
    }
  } finally {
    time.stop()
    process.off('unhandledRejection', onUnhandled)
  }
}
