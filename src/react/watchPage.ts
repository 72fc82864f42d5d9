import type { PageState } from '../core/sessionWorld.js'

/**
 * Tells what happens to a page. Never listens to `unload` or `beforeunload`: either would keep the page out of the
 * back/forward cache.
 *
 * @returns a function that removes the listeners.
 */
export function watchPage(
  view: Window,
  setPage: (state: PageState) => void,
  reconnect: (() => void) | null = null,
): () => void {
  const { document } = view
  // A page becomes hidden, and may freeze, after it was left.
  let isGone = false
  const see = (state: 'hidden' | 'visible') => setPage(isGone ? 'gone' : state)
  const read = () => see(document.visibilityState === 'hidden' ? 'hidden' : 'visible')
  const freeze = () => see('hidden')
  const leave = () => {
    isGone = true
    setPage('gone')
  }
  const comeBack = () => {
    isGone = false
    read()
  }
  const listeners: [target: EventTarget, type: string, listener: (() => void) | null][] = [
    [document, 'visibilitychange', read],
    [document, 'freeze', freeze],
    [document, 'resume', read],
    [view, 'pagehide', leave],
    [view, 'pageshow', comeBack],
    [view, 'online', reconnect],
  ]
  for (const [target, type, listener] of listeners) target.addEventListener(type, listener)
  read()
  return () => {
    for (const [target, type, listener] of listeners) target.removeEventListener(type, listener)
  }
}

/**
 * Tells when the window of a field hides, freezes or closes, unless it is the page's own, which its provider watches.
 *
 * @returns a function that takes the field, or `null` once there is none.
 */
export function createWindowWatch(onHide: () => void): (field: Element | null) => void {
  let watched: Document | undefined
  let unwatch: (() => void) | undefined

  return (field) => {
    const own = field?.ownerDocument
    if (own === watched) return
    unwatch?.()
    watched = own
    const view = own?.defaultView
    // A frame keeps its window when its document is replaced.
    unwatch =
      view && own !== document
        ? watchPage(view, (state) => {
            if (state !== 'visible') onHide()
          })
        : undefined
  }
}

/** Whether the browser thinks that there is a network. It can be wrong both ways, behind a VPN for example. */
export function isOnline(): boolean {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.onLine !== false
}
