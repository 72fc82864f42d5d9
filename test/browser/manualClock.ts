import type { LinqClock } from 'react-linq-typing/testing'

/** A clock that is moved by hand. */
export interface ManualClock extends LinqClock {
  advance: (milliseconds: number) => void
}

export function createManualClock(begin: number): ManualClock {
  const timers = new Map<object, { at: number; run: () => void }>()
  let now = begin
  return {
    now: () => now,
    setTimeout(run, milliseconds) {
      const timer = {}
      timers.set(timer, { at: now + milliseconds, run })
      return timer
    },
    clearTimeout: (timer) => timers.delete(timer as object),
    advance(milliseconds) {
      const end = now + milliseconds
      for (;;) {
        const [due] = [...timers]
          .filter(([, { at }]) => at <= end)
          .sort(([, one], [, other]) => one.at - other.at)
        if (due === undefined) break
        timers.delete(due[0])
        now = Math.max(now, due[1].at)
        due[1].run()
      }
      now = end
    },
  }
}
