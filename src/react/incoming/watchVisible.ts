import type { SseConnection } from './sseConnection.js'

/** How long a hidden page keeps its connection, in ms. A browser has only six for an origin over HTTP/1.1. */
const patience = 30_000

/**
 * Opens a connection while the page can be seen, and closes it when the page has been hidden for a while or is left, so
 * that it may enter the back/forward cache.
 *
 * @returns a function that removes the listeners.
 */
export function watchVisible(connection: SseConnection): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined

  function see(): void {
    clearTimeout(timer)
    if (document.visibilityState === 'hidden') timer = setTimeout(() => connection.close(), patience)
    else connection.open()
  }
  function leave(): void {
    clearTimeout(timer)
    connection.close()
  }

  const listeners: [target: EventTarget, type: string, listener: () => void][] = [
    [document, 'visibilitychange', see],
    [window, 'pagehide', leave],
    [window, 'pageshow', see],
    [window, 'online', () => connection.retry()],
  ]
  for (const [target, type, listener] of listeners) target.addEventListener(type, listener)
  connection.open()
  see()
  return () => {
    clearTimeout(timer)
    for (const [target, type, listener] of listeners) target.removeEventListener(type, listener)
  }
}
