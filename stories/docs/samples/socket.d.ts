import type { TypingFeedEvent } from 'react-linq-typing'

type Listener = (event: TypingFeedEvent) => void

/** The app's own connection to its server. */
export const socket: {
  on(channel: 'typing', listener: Listener): void
  off(channel: 'typing', listener: Listener): void
}
