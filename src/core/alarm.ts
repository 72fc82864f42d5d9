import type { Moment } from './clock.js'

/** One timer for everything that a session waits for, set as rarely as possible. */
export interface Alarm {
  /** Rings after `delay` ms or earlier; `Infinity` turns it off. */
  ringWithin: (delay: number, now: Moment) => void
}

export function createAlarm(onRing: () => void): Alarm {
  let timer: ReturnType<typeof setTimeout> | undefined
  let dueAt = Infinity

  return {
    ringWithin(delay, now) {
      const wait = Math.ceil(delay)
      const wanted = now.monotonic + wait
      if (wait < Infinity && wanted >= dueAt) return
      clearTimeout(timer)
      dueAt = wanted
      if (wait < Infinity)
        timer = setTimeout(() => {
          dueAt = Infinity
          onRing()
        }, wait)
    },
  }
}
