import type { Clock, Moment } from './clock.js'

/** One timer for everything that a session waits for, armed as seldom as it can be. */
export interface Alarm {
  /** Rings after `delay` ms or earlier; `Infinity` puts it off. */
  ringWithin: (delay: number, now: Moment) => void
}

export function createAlarm(clock: Clock, onRing: () => void): Alarm {
  let timer: unknown = null
  let dueAt = Infinity

  const clear = () => {
    if (timer !== null) clock.clearTimeout(timer)
    timer = null
    dueAt = Infinity
  }

  return {
    ringWithin(delay, now) {
      const wanted = now.monotonic + Math.ceil(delay)
      if (delay !== Infinity && wanted >= dueAt) return
      clear()
      if (delay === Infinity) return
      dueAt = wanted
      timer = clock.setTimeout(() => {
        timer = null
        dueAt = Infinity
        onRing()
      }, Math.ceil(delay))
    },
  }
}
