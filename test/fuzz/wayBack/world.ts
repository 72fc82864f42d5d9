import { AsyncLocalStorage } from 'node:async_hooks'

/** Where code runs: a server process, or a page. Each has clocks of its own. */
export interface Machine {
  /** By how much its clocks are ahead, in ms. */
  readonly ahead: number
  /** What a page sees of its window. */
  readonly document?: EventTarget | undefined
  readonly window?: EventTarget | undefined
  /** For how long it slept so far: only its wall clock shows that. */
  slept: number
  /** Nothing that it has begun goes on. */
  isDead: boolean
  /** Nothing runs, for a while. */
  isAbsent: boolean
}

/** True time, and machines in it. */
export interface World {
  /** ms from the beginning. */
  now: () => number
  /** Runs something outside of every machine. */
  later: (delay: number, run: () => void) => void
  wait: (delay: number) => Promise<void>
  pass: (duration: number) => Promise<void>
  /** Keeps a machine from running; its timers come late. */
  leave: (machine: Machine) => void
  /** Lets it run again: what waits for it in `back` first, or its timers. */
  comeBack: (machine: Machine, first: 'network' | 'timers') => Promise<void>
  /** Settles while a machine can run. */
  back: (machine: Machine) => Promise<void>
  /** How many timers of machines that live are set. */
  timersLeft: () => number
  stop: () => void
}

interface Timer {
  readonly due: number
  readonly run: () => void
  readonly machine: Machine | undefined
}

export const epoch = 1_800_000_000_000
const machines = new AsyncLocalStorage<Machine | undefined>()

export const here = (): Machine | undefined => machines.getStore()
export const at = <Result>(machine: Machine | undefined, run: () => Result): Result =>
  machines.run(machine, run)
export const never = new Promise<never>(() => undefined)

/** Everything that follows without a timer has happened. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Takes the place of clocks, timers, chance, `document` and `window`, until it is stopped. */
export function startWorld(luck: number): World {
  const timers = new Map<number, Timer>()
  const waiting = new Map<Machine, (() => void)[]>()
  let now = 0
  let handles = 0
  const monotonic = () => now + (here()?.ahead ?? 0) - (here()?.slept ?? 0)

  function set(delay: number, run: () => void, machine: Machine | undefined): number {
    const own = machine?.slept ?? 0
    timers.set(++handles, { due: now - own + Math.max(1, delay || 0), run, machine })
    return handles
  }
  const globals: Record<string, PropertyDescriptor> = {
    setTimeout: { value: (run: () => void, delay = 0) => set(delay, run, here()) },
    clearTimeout: { value: (handle: number) => timers.delete(handle) },
    setInterval: {
      value: (run: () => void, delay: number) => {
        const machine = here()
        const repeat = () => {
          timers.set(handle, { due: now - (machine?.slept ?? 0) + delay, run: repeat, machine })
          run()
        }
        const handle = set(delay, repeat, machine)
        return handle
      },
    },
    clearInterval: { value: (handle: number) => timers.delete(handle) },
    document: { get: () => here()?.document },
    window: { get: () => here()?.window },
  }
  const former = Object.keys(globals).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  )
  for (const [name, property] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { configurable: true, ...property })
  const originals = { monotonic: performance.now.bind(performance), wall: Date.now, random: Math.random }
  Object.defineProperty(performance, 'now', { configurable: true, writable: true, value: monotonic })
  Math.random = () => (luck = (luck * 16_807) % 2_147_483_647) / 2_147_483_647
  Date.now = () => epoch + Math.floor(now + (here()?.ahead ?? 0))

  function soonest(): [handle: number, timer: Timer, due: number] | undefined {
    let first: [number, Timer, number] | undefined
    for (const [handle, timer] of timers) {
      const { machine } = timer
      if (machine?.isDead === true) timers.delete(handle)
      if (machine?.isDead === true || machine?.isAbsent === true) continue
      const due = timer.due + (machine?.slept ?? 0)
      if (first === undefined || due < first[2]) first = [handle, timer, due]
    }
    return first
  }

  async function run(until: number): Promise<void> {
    await settle()
    for (let next = soonest(); next !== undefined && next[2] <= until; next = soonest()) {
      const [handle, { run: work, machine }, due] = next
      now = Math.max(now, due)
      timers.delete(handle)
      at(machine, work)
      await settle()
    }
    now = until
  }

  const later = (delay: number, work: () => void) => void set(delay, work, undefined)
  return {
    now: () => now,
    later,
    wait: (delay) => (delay > 0 ? new Promise((resolve) => later(delay, resolve)) : Promise.resolve()),
    pass: (duration) => run(now + duration),
    leave: (machine) => (machine.isAbsent = true),
    async comeBack(machine, first) {
      machine.isAbsent = false
      const held = waiting.get(machine) ?? []
      waiting.delete(machine)
      const release = () => held.forEach((resolve) => resolve())
      if (first === 'timers') later(1, release)
      else {
        release()
        await settle()
      }
    },
    back: (machine) =>
      machine.isAbsent
        ? new Promise((resolve) => waiting.set(machine, [...(waiting.get(machine) ?? []), resolve]))
        : Promise.resolve(),
    timersLeft: () => [...timers.values()].filter(({ machine }) => machine?.isDead === false).length,
    stop() {
      for (const [name, property] of former)
        if (property === undefined) Reflect.deleteProperty(globalThis, name)
        else Object.defineProperty(globalThis, name, property)
      Object.defineProperty(performance, 'now', {
        configurable: true,
        writable: true,
        value: originals.monotonic,
      })
      Date.now = originals.wall
      Math.random = originals.random
    },
  }
}
