// app/api/typing/stream/route.ts
import { createTypingHub, createTypingStream } from 'react-linq-typing/server'
import { whoListens } from './session' // yours

const stream = createTypingStream({ identify: whoListens, hub: createTypingHub() })

export { stream as GET, stream as OPTIONS }
