import type { Moment } from './moments.js'

/** A page's clocks, which can stop and jump, within the true time in which the server and the recipient live. */
export interface VirtualTime {
  /** The true time, ms from the beginning. */
  now: () => number
  moment: () => Moment
  /** Timers of the world outside the page: they never stop. */
  world: {
    now: () => number
    setTimeout: (run: () => void, delay: number) => unknown
    clearTimeout: (timer: unknown) => void
  }
  /** How many timers the page has set. */
  pageTimers: () => number
  pass: (milliseconds: number) => Promise<void>
  /** Time passes while the page's timers stand still; they come late, all at its end. */
  passWithoutTimers: (milliseconds: number) => Promise<void>
  /** Time passes while the page runs nothing at all: its timers come late, and what waits for `awake` does. */
  freeze: (milliseconds: number) => Promise<void>
  /** Time passes while the machine sleeps: nothing runs, and only the wall clock shows it. */
  sleep: (milliseconds: number) => Promise<void>
  /** Settles while the page can run: at once, or when it is back. */
  awake: () => Promise<void>
  /** Someone sets the wall clock. */
  jump: (by: number) => void
  stop: () => void
}

interface Timer {
  due: number
  run: () => void
}

const epoch = 1_800_000_000_000

/** Everything that follows without a timer has happened. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve))
}

function soonest(timers: ReadonlyMap<unknown, Timer>): [handle: unknown, timer: Timer] | undefined {
  let first: [unknown, Timer] | undefined
  for (const entry of timers) if (first === undefined || entry[1].due < first[1].due) first = entry
  return first
}

/** Takes the place of the page's clocks and timers, until it is stopped. */
export function startVirtualTime(): VirtualTime {
  const pageTimers = new Map<unknown, Timer>()
  const worldTimers = new Map<unknown, Timer>()
  let now = 0
  let slept = 0
  let jumped = 0
  let whenAwake: Promise<void> | null = null
  const mono = () => now - slept
  const wall = () => epoch + now + jumped

  const real = { set: globalThis.setTimeout, clear: globalThis.clearTimeout, date: Date.now }
  const clock = Object.getOwnPropertyDescriptor(performance, 'now')
  Object.defineProperty(performance, 'now', { configurable: true, value: mono })
  Date.now = wall
  let handles = 0
  globalThis.setTimeout = ((run: () => void, delay = 0) => {
    const handle = ++handles
    pageTimers.set(handle, { due: mono() + Math.max(1, delay), run })
    return handle
  }) as unknown as typeof setTimeout
  globalThis.clearTimeout = (handle: unknown) => pageTimers.delete(handle)

  /** Runs whatever falls due until then, in order. */
  async function run(until: number, hasTimers: boolean): Promise<void> {
    await settle()
    for (;;) {
      const page = hasTimers ? soonest(pageTimers) : undefined
      const world = soonest(worldTimers)
      const pageAt = page === undefined ? Infinity : page[1].due + slept
      const worldAt = world?.[1].due ?? Infinity
      if (Math.min(pageAt, worldAt) > until) break
      const [timers, next] = pageAt <= worldAt ? [pageTimers, page!] : [worldTimers, world!]
      now = Math.max(now, Math.min(pageAt, worldAt))
      timers.delete(next[0])
      next[1].run()
      await settle()
    }
    now = until
  }

  async function absent(milliseconds: number, isAsleep: boolean): Promise<void> {
    let resolve = () => {}
    whenAwake = new Promise((onAwake) => (resolve = onAwake))
    await run(now + milliseconds, false)
    if (isAsleep) slept += milliseconds
    whenAwake = null
    resolve()
  }

  return {
    now: () => now,
    moment: () => ({ at: now, mono: mono(), wall: wall() }),
    world: {
      now: () => now,
      setTimeout(run, delay) {
        const handle = {}
        worldTimers.set(handle, { due: now + delay, run })
        return handle
      },
      clearTimeout: (handle) => worldTimers.delete(handle),
    },
    pageTimers: () => pageTimers.size,
    pass: (milliseconds) => run(now + milliseconds, true),
    passWithoutTimers: (milliseconds) => run(now + milliseconds, false),
    freeze: (milliseconds) => absent(milliseconds, false),
    sleep: (milliseconds) => absent(milliseconds, true),
    awake: () => whenAwake ?? Promise.resolve(),
    jump(by) {
      jumped += by
    },
    stop() {
      globalThis.setTimeout = real.set
      globalThis.clearTimeout = real.clear
      Date.now = real.date
      if (clock === undefined) Reflect.deleteProperty(performance, 'now')
      else Object.defineProperty(performance, 'now', clock)
    },
  }
}
