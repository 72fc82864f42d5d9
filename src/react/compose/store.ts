/** A state that a component can subscribe to. */
export interface Store<S> {
  /** The same object until a value in it changes. */
  state: () => S
  /** Tells every subscriber, also when nothing changed: React compares by itself. */
  set: (next: S) => void
  subscribe: (listener: () => void) => () => void
}

export function createStore<S extends object>(state: S): Store<S> {
  const listeners = new Set<() => void>()
  return {
    state: () => state,
    set(next) {
      if ((Object.keys(next) as (keyof S)[]).some((name) => next[name] !== state[name])) state = next
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
