// app/api/linq/[...path]/route.ts
import LinqAPIV3 from '@linqapp/sdk'
import { createTypingHub, createTypingProxy } from 'react-linq-typing/server'
import { mayWrite } from './session' // yours

const proxy = createTypingProxy({
  linq: () => new LinqAPIV3(),
  authorize: mayWrite,
  hub: createTypingHub(), // all hubs in a process share what they know
})

export { proxy as DELETE, proxy as OPTIONS, proxy as POST }
