let isCut = false

/** Takes the page offline, or back online. Offline, its calls fail and `navigator.onLine` is false. */
export function setOnline(isOnline: boolean): void {
  isCut = !isOnline
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => isOnline })
  window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'))
}

/** Whether the page was taken offline. */
export function isOffline(): boolean {
  return isCut
}
