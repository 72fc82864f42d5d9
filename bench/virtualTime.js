import { timeoutManager } from '@tanstack/react-query'
import { install } from '@sinonjs/fake-timers'

/** Lets promises settle; a request with a body takes a few turns of the event loop. */
async function yieldToPromises() {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/**
 * Time that passes only when told to. Counts the timers that the library sets: TanStack Query's own, and those of
 * whoever holds `clock`, are not counted.
 */
export function startVirtualTime() {
  const fake = install({ now: 0, toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] })
  const { setTimeout: set, clearTimeout: clear } = globalThis
  const due = new Map()
  let timers = 0

  const clock = {
    now: () => fake.now,
    setTimeout(run, delay = 0) {
      const timer = set(() => {
        due.delete(timer)
        run()
      }, delay)
      due.set(timer, fake.now + delay)
      return timer
    },
    clearTimeout(timer) {
      due.delete(timer)
      clear(timer)
    },
  }
  globalThis.setTimeout = (run, delay) => {
    timers++
    return clock.setTimeout(run, delay)
  }
  globalThis.clearTimeout = clock.clearTimeout
  timeoutManager.setTimeoutProvider({ ...clock, setInterval, clearInterval })

  return {
    clock,
    timers: () => timers,
    async advanceTo(time) {
      await yieldToPromises()
      for (let next = Math.min(...due.values()); next <= time; next = Math.min(...due.values())) {
        fake.tick(Math.max(0, next - fake.now))
        await yieldToPromises()
      }
      fake.tick(time - fake.now)
    },
    stop: () => fake.uninstall(),
  }
}
