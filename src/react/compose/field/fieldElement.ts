/** The window an element is in. It may not be this script's own: a pop-up, a frame. */
export function windowOf(element: Element): Window & typeof globalThis {
  return element.ownerDocument.defaultView ?? window
}

/** Whether an element has the focus of its document, or of its shadow tree. */
export function isFocused(element: HTMLElement): boolean {
  return (element.getRootNode() as Document | ShadowRoot).activeElement === element
}

/** A text the way a field holds it: every line ends in a line feed. */
export function withFieldLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

/** Adds a listener per event. @returns a function that removes them all. */
export function listen(
  target: EventTarget | null | undefined,
  listeners: Record<string, (event: never) => void>,
  isCapturing?: boolean,
): () => void {
  const all = Object.entries(listeners) as [type: string, listener: (event: Event) => void][]
  for (const [type, listener] of all) target?.addEventListener(type, listener, isCapturing)
  return () => {
    for (const [type, listener] of all) target?.removeEventListener(type, listener, isCapturing)
  }
}
