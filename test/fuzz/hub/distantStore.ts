import type { TypingStore } from 'react-linq-typing/server'
import type { VirtualTime } from '../virtualTime.js'
import type { CommandTrip } from './events.js'
import { here, never, outside } from './places.js'

/** After this a hub takes a command for failed, in ms. */
export const patience = 250

export interface DistantStore {
  trips: readonly CommandTrip[]
  time: VirtualTime
  /** Called when a command fails or comes late, and again when one that was late takes effect. */
  onFault: () => void
}

/** A store behind a network in which commands are late, fail, or are lost on the way up or down. */
export function createDistantStore(store: TypingStore, { trips, time, onFault }: DistantStore): TypingStore {
  let commands = 0

  async function travel(leg: number | 'lost' | 'fails'): Promise<void> {
    const place = here()
    if (leg === 'lost') return never
    if (leg === 'fails') throw new Error('The store has gone.')
    if (leg > 0) await new Promise<void>((resolve) => time.world.setTimeout(resolve, leg))
    if (place?.process.isDead === true) return never
  }

  const carry =
    <Args extends unknown[], Result>(command: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      const { up, down } = trips[commands++ % trips.length]!
      const isGood = typeof up === 'number' && typeof down === 'number' && up + down < patience
      if (!isGood) onFault()
      await travel(up)
      if (!isGood) onFault()
      const result = await outside(() => command(...args))
      await travel(down)
      return result
    }

  return {
    take: carry(store.take),
    giveBack: carry(store.giveBack),
    settle: carry(store.settle),
    clear: carry(store.clear),
    count: carry(store.count),
    hush: carry(store.hush),
    quiet: carry(store.quiet),
    remember: carry(store.remember),
    knows: carry(store.knows),
    typists: carry(store.typists),
    hear: carry(store.hear),
    activeChats: carry(store.activeChats),
    states: carry(store.states),
    subscribe: store.subscribe,
  }
}
