import type { TypingStore } from 'react-linq-typing/server'
import type { StoreChange } from '../../../src/server/hub/typingStore.js'
import { at, here, type Machine, never, type World } from './world.js'

export interface StoreTrouble {
  /** What becomes of commands; `lost` takes effect without an answer. */
  mode: 'fails' | 'hangs' | 'lost' | 'well'
  /** Whether changes are told to nobody. */
  isDeaf: boolean
}

/** A store behind a network, as processes see it. */
export interface StoreLink {
  store: TypingStore
  /** Begins trouble. @returns what ends it. */
  trouble: (trouble: StoreTrouble) => () => void
  /** A process that dies listens no more. */
  drop: (machine: Machine) => void
  subscriptions: () => number
}

export function createStoreLink(store: TypingStore, world: World, trips: readonly number[]): StoreLink {
  let troubles: StoreTrouble[] = []
  let count = 0
  const subscribers = new Map<() => void, { machine: Machine | undefined; again: () => void }>()
  const trip = () => trips[count++ % trips.length]!
  const modes = () => troubles.map(({ mode }) => mode).filter((mode) => mode !== 'well')

  const carry =
    <Args extends unknown[], Result>(command: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      const machine = here()
      await world.wait(trip())
      const [mode] = modes()
      if (mode === 'fails') throw new Error('The store has gone.')
      if (mode === 'hangs') return never
      const result = await at(undefined, () => command(...args))
      await world.wait(trip())
      return mode === 'lost' || machine?.isDead === true ? never : result
    }

  function subscribe(tenant: string, listener: (change: StoreChange) => void, onListening?: () => void) {
    const machine = here()
    let isOver = false
    let lastDue = 0
    // In order, as over one connection.
    const tell = (run: () => void) => {
      lastDue = Math.max(lastDue, world.now() + trip())
      world.later(lastDue - world.now(), () => {
        if (!isOver && machine?.isDead !== true) at(machine, run)
      })
    }
    const again = () => tell(() => onListening?.())
    const end = at(undefined, () =>
      store.subscribe(
        tenant,
        (change) => {
          if (!troubles.some(({ isDeaf }) => isDeaf)) tell(() => listener(change))
        },
        again,
      ),
    )
    const unsubscribe = () => {
      isOver = true
      end()
      subscribers.delete(unsubscribe)
    }
    subscribers.set(unsubscribe, { machine, again })
    return unsubscribe
  }

  return {
    store: {
      ...{ take: carry(store.take), giveBack: carry(store.giveBack), settle: carry(store.settle) },
      ...{ clear: carry(store.clear), count: carry(store.count), hush: carry(store.hush) },
      ...{ quiet: carry(store.quiet), remember: carry(store.remember), knows: carry(store.knows) },
      ...{ typists: carry(store.typists), hear: carry(store.hear), states: carry(store.states) },
      activeChats: carry(store.activeChats),
      subscribe,
    },
    trouble(trouble) {
      troubles.push(trouble)
      return () => {
        troubles = troubles.filter((one) => one !== trouble)
        if (trouble.isDeaf) for (const { again } of subscribers.values()) again()
      }
    },
    drop(machine) {
      for (const [unsubscribe, { machine: whose }] of subscribers) if (whose === machine) unsubscribe()
    },
    subscriptions: () => subscribers.size,
  }
}
