import { ExpiringMap } from './expiringMap.js'

interface Lane {
  /** The newest call that was made, or waits for its turn. */
  newest: number
  isBusy: boolean
  /** Ends the wait of the call that waits: its turn has come, or a newer one took its place. */
  waiting: ((isTurn: boolean) => void) | undefined
  endsAt: number
}

export interface Turns {
  /**
   * Does a call's work when its turn has come: after earlier calls in its lane, and only if no later one has arrived.
   * Resolves to `undefined` if a newer call makes it pointless.
   *
   * @param number rises with each call that arrives.
   */
  readonly inTurn: <Result>(
    key: string,
    number: number,
    work: () => Promise<Result>,
  ) => Promise<Result | undefined>
  /** Does a call's work at once, unless a newer call in its lane has already been made. */
  readonly atOnce: <Result>(
    key: string,
    number: number,
    work: () => Promise<Result>,
  ) => Promise<Result | undefined>
}

/** How long a lane is remembered, in milliseconds. No bubble is on for longer, so a later call means nothing. */
const memory = 90_000

/**
 * Keeps calls in the order in which they arrived. Of those that wait in a lane, only the newest is made.
 *
 * @param patience the longest to wait for a call, in milliseconds. A runtime may end a request in the middle without notice.
 */
export function createTurns(patience: number): Turns {
  const lanes = new ExpiringMap<Lane>()

  /** The lane of a call, or `undefined` if the call is outdated. */
  function enter(key: string, number: number): Lane | undefined {
    const now = performance.now()
    const lane = lanes.get(key, now) ?? { newest: 0, isBusy: false, waiting: undefined, endsAt: 0 }
    if (number < lane.newest) return undefined
    lane.newest = number
    lane.endsAt = now + (lane.isBusy ? patience : memory)
    lanes.set(key, lane, now)
    return lane
  }

  function leave(lane: Lane): void {
    const next = lane.waiting
    lane.waiting = undefined
    lane.isBusy = next !== undefined
    lane.endsAt = performance.now() + (lane.isBusy ? patience : memory)
    next?.(true)
  }

  return {
    async inTurn(key, number, work) {
      const lane = enter(key, number)
      if (lane === undefined) return undefined
      if (lane.isBusy) {
        lane.waiting?.(false)
        let timer: ReturnType<typeof setTimeout> | undefined
        let goOn: Lane['waiting']
        const isTurn = await new Promise<boolean>((resolve) => {
          lane.waiting = goOn = resolve
          timer = setTimeout(() => resolve(true), patience)
        })
        clearTimeout(timer)
        if (lane.waiting === goOn) lane.waiting = undefined
        if (!isTurn) return undefined
      }
      lane.isBusy = true
      lane.endsAt = performance.now() + patience
      try {
        return await work()
      } finally {
        leave(lane)
      }
    },
    async atOnce(key, number, work) {
      return enter(key, number) && work()
    },
  }
}
