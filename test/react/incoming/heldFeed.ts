import { act } from '@testing-library/react'
import type { TypingFeed, TypingFeedEvent } from 'react-linq-typing'

/** A feed that tells what a test says. */
export function heldFeed() {
  const listeners = new Set<(event: TypingFeedEvent) => void>()
  const feed: TypingFeed = (listener) => {
    // Each listener of its own, though a page passes the same function twice.
    const own = (event: TypingFeedEvent) => listener(event)
    listeners.add(own)
    return () => listeners.delete(own)
  }
  return {
    feed,
    listeners: () => listeners.size,
    tell: (...events: unknown[]) =>
      act(() => {
        for (const event of events) for (const listener of [...listeners]) listener(event as TypingFeedEvent)
      }),
  }
}
