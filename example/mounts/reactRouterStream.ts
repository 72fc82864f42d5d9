// app/routes/typingStream.ts, and in app/routes.ts: route('api/typing/stream', 'routes/typingStream.ts')
import { createTypingHub, createTypingStream } from 'react-linq-typing/server'
import type { LoaderFunctionArgs } from 'react-router'
import { whoListens } from './session' // yours

const stream = createTypingStream({ identify: whoListens, hub: createTypingHub() })

export const loader = ({ request }: LoaderFunctionArgs) => stream(request)
