import type { TypingSessions } from '../core/sessions.js'

/**
 * Tells the sessions what happens to the page. Never listens to `unload` or `beforeunload`: either would keep the page out
 * of the back/forward cache.
 *
 * @returns a function that removes the listeners.
 */
export function watchPage(sessions: TypingSessions): () => void {
  // A page becomes hidden, and may freeze, after it was left.
  let isGone = false
  const see = (state: 'hidden' | 'visible') => sessions.setPage(isGone ? 'gone' : state)
  const read = () => see(document.visibilityState === 'hidden' ? 'hidden' : 'visible')
  const freeze = () => see('hidden')
  const leave = () => {
    isGone = true
    sessions.setPage('gone')
  }
  const comeBack = () => {
    isGone = false
    read()
  }
  const listeners: [target: EventTarget, type: string, listener: () => void][] = [
    [document, 'visibilitychange', read],
    [document, 'freeze', freeze],
    [document, 'resume', read],
    [window, 'pagehide', leave],
    [window, 'pageshow', comeBack],
    [window, 'online', () => sessions.reconnect()],
  ]
  for (const [target, type, listener] of listeners) target.addEventListener(type, listener)
  read()
  return () => {
    for (const [target, type, listener] of listeners) target.removeEventListener(type, listener)
  }
}

/** Whether the browser thinks that there is a network. It can be wrong both ways, behind a VPN for example. */
export function isOnline(): boolean {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.onLine !== false
}
