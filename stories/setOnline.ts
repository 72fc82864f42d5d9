let isCut = false

/** Cuts the network of the page, or mends it: its calls fail, and its browser knows and says so. */
export function setOnline(isOnline: boolean): void {
  isCut = !isOnline
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => isOnline })
  window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'))
}

/** Whether the network of the page is cut. */
export function isOffline(): boolean {
  return isCut
}
