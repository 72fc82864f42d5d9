import type { VirtualTime } from '../virtualTime.js'
import { type HubEvent, type PageTrip, tabsEach } from './events.js'
import { never, outside } from './places.js'
import type { Record } from './record.js'
import type { Servers } from './servers.js'
import { createTab, type Tab } from './tabs.js'
import type { PageCall } from './transcript.js'
import type { Upstream } from './upstream.js'

export interface Stage {
  time: VirtualTime
  servers: Servers
  upstream: Upstream
  record: Record
  chats: readonly string[]
  trips: readonly PageTrip[]
}

/** Plays events, and writes down what is really so. */
export interface Player {
  play: (event: HubEvent) => Promise<void>
  closeAll: () => void
  /** The pages of all but the sender are told of a message. */
  hearMessage: (chat: string, actor: string | undefined) => void
  /** What rejected, or never settled. */
  unsettled: () => string[]
}

export const agentOf = (tab: number): string => `agent ${Math.floor(tab / tabsEach)}`

export function createPlayer(stage: Stage, tabCount: number): Player {
  const { time, servers, upstream, record, chats, trips } = stage
  const unsettled = new Set<string>()
  let calls = 0
  const pass = (ms: number) => new Promise<void>((resolve) => time.world.setTimeout(resolve, ms))
  const travel = (leg: number | 'lost') => (leg === 'lost' ? never : leg === 0 ? undefined : pass(leg))

  /** A request on its way, as the page sees it. */
  async function carry(tab: number, url: string, init: RequestInit, left: AbortSignal): Promise<Response> {
    const { process, up, down } = trips[calls++ % trips.length]!
    const call: PageCall = {
      id: record.pageCalls.length,
      chat: /chats\/([^/]+)/.exec(url)![1]!,
      ...{ tab, agent: agentOf(tab), action: init.method === 'POST' ? 'start' : 'stop' },
      ...{ sentAt: time.now(), arrivedAt: null, answeredAt: null, status: null, thrown: undefined },
      ...{ isOrphan: false, goneAt: null },
    }
    record.pageCalls.push(call)
    const gone = AbortSignal.any([left, ...(init.signal ? [init.signal] : [])])
    const aborted = new Promise<never>((_resolve, reject) => {
      gone.addEventListener('abort', () => {
        call.goneAt ??= time.now()
        reject(new DOMException('The page went away.', 'AbortError'))
      })
    })
    const headers = { 'Sec-Fetch-Site': 'same-origin', 'X-Agent': call.agent }
    const answered = async () => {
      await travel(up)
      call.arrivedAt = time.now()
      const request = new Request(url, { method: init.method!, headers, signal: gone })
      const killed = servers.killed(process).catch((thrown: unknown) => {
        call.isOrphan = call.answeredAt === null
        throw thrown
      })
      const answer = await Promise.race([servers.answer(process, request, call.id), killed])
      call.answeredAt = time.now()
      call.status = answer.status
      await travel(down)
      return answer
    }
    const answering = answered().catch((thrown: unknown) => {
      if (!call.isOrphan) call.thrown = thrown instanceof Error ? thrown.message : typeof thrown
      throw thrown
    })
    return Promise.race([answering, aborted])
  }

  const open = (tab: number, chat: string): Tab =>
    outside(() =>
      createTab(tab, chat, {
        time,
        composing: record.composing,
        fetch: (url, init, gone) => outside(() => carry(tab, url, init, gone)),
      }),
    )
  const tabs = Array.from({ length: tabCount }, (_, tab) => open(tab, chats[0]!))

  async function send({ tab, takes, delivery, telling }: Extract<HubEvent, { what: 'send' }>): Promise<void> {
    const chat = tabs[tab]!.chat()
    const message = { chat, tab, sentAt: time.now(), deliveredAt: Infinity, toldAt: Infinity }
    record.messages.push(message)
    await pass(takes)
    const id = await upstream.send(chat, delivery)
    message.deliveredAt = time.now() + delivery
    const { process, by, delay, again } = telling
    if (delay === null) return
    const said = { id, ...(by === 'actor' && { actor: agentOf(tab) }) }
    const tell = async () => {
      const name = `message ${id} told at ${time.now()}`
      unsettled.add(name)
      await servers.sent(process, chat, said)
      unsettled.delete(name)
    }
    await pass(delay)
    const told = tell().then(() => (message.toldAt = Math.min(message.toldAt, time.now())))
    if (again !== null) void pass(again).then(tell)
    await Promise.race([told, pass(1_000)])
  }

  function die(index: number, hangsUp: boolean): void {
    const tab = tabs[index]!
    record.deaths.push({ chat: tab.chat(), tab: index, at: time.now() })
    tab.die(hangsUp)
    tabs[index] = open(index, tab.chat())
  }

  return {
    async play(event) {
      if (event.what === 'crash') {
        record.crashes.push(time.now())
        servers.crash(event.process)
        return
      }
      const tab = tabs[event.tab]!
      if (event.what === 'edit') tab.edit()
      if (event.what === 'clear') tab.clear()
      if (event.what === 'send') tab.send(send(event))
      if (event.what === 'switch') tab.join(tab.chat() === chats[0] ? chats[1]! : chats[0]!)
      if (event.what === 'burst')
        for (let key = 0; key < event.keys; key++) {
          if (key > 0) await time.pass(event.every)
          tab.edit()
        }
      if (event.what === 'vanish') die(event.tab, event.hangsUp)
      if (event.what === 'relay' || event.what === 'die') {
        tab.edit()
        await time.pass(event.held)
        if (event.what === 'relay') tab.clear()
        else die(event.tab, event.hangsUp)
        await time.pass(event.lag)
        tabs[event.next]!.edit()
        await time.pass(event.lasts)
        tabs[event.next]!.clear()
      }
    },
    hearMessage(chat, actor) {
      tabs.forEach((tab, index) => {
        if (agentOf(index) !== actor) outside(() => tab.hearMessage(chat))
      })
    },
    closeAll: () => tabs.forEach((tab) => tab.close()),
    unsettled: () => [...unsettled].map((what) => `never settled: ${what}`),
  }
}
