/** The time that an emulated Linq lives by. It must not go backwards: give it one of its own where the client's jumps. */
export interface LinqClock {
  /** The present, in ms since any fixed moment. */
  now(): number
  /** Runs `fn` once, `ms` from now, and returns a handle for `clearTimeout`. */
  setTimeout(fn: () => void, ms: number): unknown
  /** Forgets a timer that has not run. */
  clearTimeout(handle: unknown): void
}

/** The global `Date.now` and timers, looked up at every call, so that fake ones installed later are used. */
export const systemClock: LinqClock = {
  now: () => Date.now(),
  setTimeout(fn, ms) {
    const handle: unknown = setTimeout(fn, ms)
    if (canUnref(handle)) handle.unref()
    return handle
  },
  clearTimeout: (handle) => clearTimeout(handle as number),
}

function canUnref(handle: unknown): handle is { unref(): void } {
  return (
    typeof handle === 'object' && handle !== null && 'unref' in handle && typeof handle.unref === 'function'
  )
}
