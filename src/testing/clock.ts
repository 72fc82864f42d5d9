/** The clock of an emulated Linq. It must not go backwards: if the client's clock jumps, give Linq one of its own. */
export interface LinqClock {
  /** The time now, in ms since any fixed moment. */
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
