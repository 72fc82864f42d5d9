import type { TypingFeed } from 'react-linq-typing'
import { socket } from './socket'

export const feed: TypingFeed = (listener) => {
  socket.on('typing', listener)
  return () => socket.off('typing', listener)
}
