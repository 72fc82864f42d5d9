/** The page's own network, which can be taken away. */
export interface PageNetwork {
  /** The global `fetch`, while there is a network. */
  readonly fetch: (input: string, init?: RequestInit) => Promise<Response>
  readonly isOffline: () => boolean
  /** Makes the browser believe, and say, that it is offline, or lets it tell the truth again. */
  readonly setOffline: (isOffline: boolean) => void
  readonly subscribe: (listener: () => void) => () => void
}

export const pageNetwork: PageNetwork = createPageNetwork()

function createPageNetwork(): PageNetwork {
  let offline = false
  const listeners = new Set<() => void>()
  return {
    fetch: (input, init) => (offline ? Promise.reject(new TypeError('Failed to fetch')) : fetch(input, init)),
    isOffline: () => offline,
    setOffline(isOffline) {
      if (isOffline === offline) return
      offline = isOffline
      if (isOffline) Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false })
      else Reflect.deleteProperty(navigator, 'onLine')
      window.dispatchEvent(new Event(isOffline ? 'offline' : 'online'))
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
