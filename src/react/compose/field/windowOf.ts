/** The window that an element stands in, which may be another than this script's: a pop-up, a frame. */
export function windowOf(element: Element): Window & typeof globalThis {
  return element.ownerDocument.defaultView ?? window
}
