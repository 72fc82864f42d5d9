import type { TypingSessions } from '../core/sessions.js'

/**
 * Tells the sessions what happens to the page. No `unload` and no `beforeunload`: either would keep the page out of the
 * back/forward cache.
 *
 * @returns a function that takes the listeners away.
 */
export function watchPage(sessions: TypingSessions): () => void {
  const look = () => sessions.setHidden(document.visibilityState === 'hidden')
  const hide = () => sessions.setHidden(true)
  const wake = () => sessions.wake()
  const listeners: [target: EventTarget, type: string, listener: () => void][] = [
    [document, 'visibilitychange', look],
    [document, 'freeze', hide],
    [document, 'resume', look],
    [window, 'pagehide', hide],
    [window, 'pageshow', look],
    [window, 'online', wake],
    [window, 'offline', wake],
  ]
  for (const [target, type, listener] of listeners) target.addEventListener(type, listener)
  look()
  return () => {
    for (const [target, type, listener] of listeners) target.removeEventListener(type, listener)
  }
}

/** Whether the browser thinks there is a network; it is sure only when it thinks there is none. */
export function isOnline(): boolean {
  return typeof navigator === 'undefined' || (navigator.onLine as boolean | undefined) !== false
}
