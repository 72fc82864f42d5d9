// app/routes/linq.ts, and in app/routes.ts: route('api/linq/*', 'routes/linq.ts')
import LinqAPIV3 from '@linqapp/sdk'
import { createTypingHub, createTypingProxy } from 'react-linq-typing/server'
import type { ActionFunctionArgs, LoaderFunctionArgs } from 'react-router'
import { mayWrite } from './session' // yours

const proxy = createTypingProxy({
  linq: () => new LinqAPIV3(),
  authorize: mayWrite,
  hub: createTypingHub(), // all hubs in a process share what they know
})

export const action = ({ request }: ActionFunctionArgs) => proxy(request)
export const loader = ({ request }: LoaderFunctionArgs) => proxy(request) // OPTIONS
