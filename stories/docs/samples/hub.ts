// hub.ts
import { createTypingHub } from 'react-linq-typing/server'

/** One hub for the proxy, the webhook and the stream. */
export const hub = createTypingHub()
