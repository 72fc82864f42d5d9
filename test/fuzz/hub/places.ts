import { AsyncLocalStorage } from 'node:async_hooks'

/** A server process, with a clock of its own. */
export interface Process {
  /** By how much its clock is ahead, in ms. */
  readonly ahead: number
  isDead: boolean
}

/** Where code runs, and for which call. */
export interface Place {
  readonly process: Process
  /** The id of the call that it runs for. */
  readonly call?: number | undefined
  /** Whether a timer of the process has run it. */
  readonly isLater?: boolean | undefined
}

const places = new AsyncLocalStorage<Place | undefined>()

export const here = (): Place | undefined => places.getStore()
export const at = <Result>(place: Place | undefined, run: () => Result): Result => places.run(place, run)
/** Runs something outside of every process, by the true clock. */
export const outside = <Result>(run: () => Result): Result => places.run(undefined, run)

/** Whatever waits for it in a process that was killed waits for ever. */
export const never = new Promise<never>(() => undefined)

/** Gives each process a clock apart, and lets no timer of one that was killed run. Ends with the virtual time. */
export function startPlaces(): void {
  const now = performance.now.bind(performance)
  Object.defineProperty(performance, 'now', {
    configurable: true,
    value: () => now() + (here()?.process.ahead ?? 0),
  })
  const set = globalThis.setTimeout
  globalThis.setTimeout = ((run: () => void, delay?: number) => {
    const place = here()
    if (place === undefined) return set(run, delay)
    return set(() => {
      if (!place.process.isDead) at({ ...place, isLater: true }, run)
    }, delay)
  }) as typeof setTimeout
}
