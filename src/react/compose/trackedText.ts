/** A text that renders only those who read it. */
export interface TrackedText {
  /** The text, once it was read; a constant before. */
  snapshot: () => string
  read: () => string
}

export function createTrackedText(text: () => string): TrackedText {
  let isRead = false
  return {
    snapshot: () => (isRead ? text() : ''),
    read() {
      isRead = true
      return text()
    },
  }
}
