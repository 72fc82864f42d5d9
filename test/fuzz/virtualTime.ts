import { install } from '@sinonjs/fake-timers'

/** A page's clocks, which can stop and jump, within the true time in which the server and the recipient live. */
export interface VirtualTime {
  /** The true time, ms from the beginning. */
  now: () => number
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
  /** Time passes while the machine sleeps: only the wall clock shows it. */
  sleep: (milliseconds: number) => Promise<void>
  /** Someone sets the wall clock. */
  jump: (by: number) => void
  stop: () => void
}

const epoch = 1_800_000_000_000

async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}

export function startVirtualTime(): VirtualTime {
  const page = install({ now: epoch, toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] })
  const { setTimeout: set, clearTimeout: clear } = globalThis
  const pageDue = new Map<unknown, number>()
  const worldDue = new Map<object, { at: number; run: () => void }>()
  let now = 0
  let pageClock = 0

  globalThis.setTimeout = ((run: () => void, asked = 0) => {
    const delay = Math.max(1, asked)
    const timer = set(() => {
      pageDue.delete(timer)
      run()
    }, delay)
    pageDue.set(timer, pageClock + delay)
    return timer
  }) as typeof setTimeout
  globalThis.clearTimeout = ((timer: ReturnType<typeof setTimeout>) => {
    pageDue.delete(timer)
    clear(timer)
  }) as typeof clearTimeout

  const nextWorld = () => Math.min(...[...worldDue.values()].map(({ at }) => at))
  const tickPage = (milliseconds: number) => {
    pageClock += milliseconds
    page.tick(milliseconds)
  }

  async function runWorld(): Promise<void> {
    for (const [timer, { at, run }] of [...worldDue].sort(([, one], [, other]) => one.at - other.at)) {
      if (at > now) continue
      worldDue.delete(timer)
      run()
    }
    await settle()
  }

  async function worldOnly(milliseconds: number): Promise<void> {
    const end = now + milliseconds
    for (let next = nextWorld(); next <= end; next = nextWorld()) {
      now = Math.max(now, next)
      await runWorld()
    }
    now = end
  }

  return {
    now: () => now,
    world: {
      now: () => now,
      setTimeout(run, delay) {
        const timer = {}
        worldDue.set(timer, { at: now + delay, run })
        return timer
      },
      clearTimeout(timer) {
        worldDue.delete(timer as object)
      },
    },
    pageTimers: () => pageDue.size,
    async pass(milliseconds) {
      await settle()
      const end = now + milliseconds
      for (;;) {
        const nextPage = now + Math.max(0, Math.min(...pageDue.values()) - pageClock)
        const next = Math.min(nextPage, nextWorld())
        if (next > end) break
        const step = Math.max(0, next - now)
        now += step
        tickPage(step)
        await settle()
        await runWorld()
      }
      tickPage(end - now)
      now = end
    },
    async passWithoutTimers(milliseconds) {
      await worldOnly(milliseconds)
      pageClock += milliseconds
      page.jump(milliseconds)
      await settle()
    },
    async sleep(milliseconds) {
      await worldOnly(milliseconds)
      page.setSystemTime(Date.now() + milliseconds)
      await settle()
    },
    jump(by) {
      page.setSystemTime(Date.now() + by)
    },
    stop: () => page.uninstall(),
  }
}
