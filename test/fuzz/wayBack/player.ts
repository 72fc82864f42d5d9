import type { Cluster } from './cluster.js'
import { agents, chats, handles, type WayBackEvent } from './events.js'
import type { LinqSide } from './linqSide.js'
import type { Page } from './page.js'
import type { StoreLink } from './storeLink.js'
import {
  type Deed,
  type Outage,
  type PageRecord,
  seesNow,
  type Sign,
  type Stretch,
  type Telling,
} from './transcript.js'
import type { World } from './world.js'

/** What is written down while a scenario is played. */
export interface Written {
  readonly signs: Sign[]
  readonly deeds: Deed[]
  readonly pages: PageRecord[]
  readonly outages: Outage[]
  readonly crashes: Stretch[]
}

export interface Stage {
  readonly world: World
  readonly cluster: Cluster
  readonly link: StoreLink
  readonly linq: LinqSide
  readonly pages: readonly Page[]
  readonly written: Written
}

/** Plays what happens, and writes down what is really so. */
export function createPlayer({
  world,
  cluster,
  link,
  linq,
  pages,
  written,
}: Stage): (event: WayBackEvent) => void {
  const isCrashed = new Set<number>()
  let count = 0
  const newId = () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`

  async function tell(tellings: Telling[], work: () => Promise<boolean>): Promise<void> {
    const at = world.now()
    const telling: Telling = { at, arrivedAt: at, settledAt: Infinity, isAnswered: false }
    tellings.push(telling)
    telling.isAnswered = await work().catch(() => false)
    telling.settledAt = world.now()
  }

  const began = (): Stretch => ({ from: world.now(), to: Infinity })

  function stretch<One extends Stretch>(list: One[], own: One, lasts: number, end: () => void): void {
    list.push(own)
    world.later(Math.max(1, lasts), () => {
      own.to = world.now()
      end()
    })
  }

  function newDeed(kind: Deed['kind'], chat: string, actor: string | undefined): Deed {
    const deed = { kind, chat, actor, at: world.now(), id: newId(), tellings: [] }
    written.deeds.push(deed)
    return deed
  }

  return (event) => {
    const now = world.now()
    if (event.what === 'sign') {
      const at = event.isRounded ? Math.floor(now / 1_000) * 1_000 : now
      const { kind, form, deliveries } = event
      const sender = handles[event.who]
      // In a chat of two, a message ends whatever bubble there is.
      const isOfAll = kind === 'message' && form === '2026' && event.chat === 0
      const handle = isOfAll ? undefined : sender
      const sign: Sign = { kind, chat: chats[event.chat]!, handle, at, id: newId(), tellings: [] }
      written.signs.push(sign)
      linq.tell(sign, { form, sender, deliveries })
    }
    if (event.what === 'agent') {
      const actor = agents[event.agent]!
      const deed = newDeed(event.does, chats[event.chat]!, actor)
      void tell(deed.tellings, async () => {
        const method = event.does === 'start' ? 'POST' : 'DELETE'
        const headers = { 'sec-fetch-site': 'same-origin', 'x-agent': actor }
        const request = new Request(`https://app.test/v3/chats/${deed.chat}/typing`, { method, headers })
        return (await cluster.call(event.process, 'proxy', request)).status === 204
      })
    }
    if (event.what === 'sent') {
      const deed = newDeed(
        'message',
        chats[event.chat]!,
        event.agent === null ? undefined : agents[event.agent],
      )
      const { actor, id } = deed
      if (event.agent !== null || event.webhook.length === 0)
        void tell(deed.tellings, async () => {
          await cluster.sent(event.process, deed.chat, { id, actor, tenant: 'one' })
          return true
        })
      linq.tellSent(deed, event.webhook)
    }
    if (event.what === 'page') pages[event.page]!.suffer(event.mishap, event.lasts, event.first)
    if (event.what === 'sight') {
      const { sight } = written.pages[event.page]!
      const chat = chats[event.chat]!
      const maySee = !seesNow({ sight }, chat)
      sight.push({ at: now, chat, maySee })
    }
    if (event.what === 'store')
      stretch(
        written.outages,
        { ...began(), areCommandsWell: event.mode === 'well' },
        event.lasts,
        link.trouble(event),
      )
    if (event.what === 'crash' && !isCrashed.has(event.process)) {
      isCrashed.add(event.process)
      const startAnew = cluster.crash(event.process)
      stretch(written.crashes, began(), event.lasts, () => {
        startAnew()
        isCrashed.delete(event.process)
      })
    }
  }
}
