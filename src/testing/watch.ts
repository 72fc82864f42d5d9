import type { LinqClock } from './clock.js'

/** Listeners for something that changes by events and by time. */
export interface Watch {
  /** Calls every listener. */
  changed(): void
  /** Adds a listener. @returns a function that removes it. */
  subscribe(listener: () => void): () => void
}

/** Makes a watch that also calls its listeners at `nextChange()`. No timer runs while nobody listens. */
export function createWatch(clock: LinqClock, nextChange: () => number | null): Watch {
  const listeners = new Set<() => void>()
  let alarm: { at: number; handle: unknown } | null = null

  const arm = () => {
    const at = listeners.size > 0 ? nextChange() : null
    if (alarm?.at === at) return
    if (alarm) clock.clearTimeout(alarm.handle)
    alarm = at === null ? null : { at, handle: clock.setTimeout(() => ring(at), at - clock.now()) }
  }
  const ring = (at: number) => {
    alarm = null
    if (clock.now() >= at) watch.changed()
    else arm()
  }

  const watch: Watch = {
    changed() {
      arm()
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      // Wrapped, so that one function may be subscribed twice and each unsubscription ends its own.
      const own = () => listener()
      listeners.add(own)
      arm()
      return () => {
        listeners.delete(own)
        arm()
      }
    },
  }
  return watch
}
