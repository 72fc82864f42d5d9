import { getRequestListener } from '@hono/node-server'
import LinqAPIV3 from '@linqapp/sdk'
import { createServer } from 'node:http'
import { createTypingProxy } from 'react-linq-typing/server'
import { mayWrite } from './session.js' // yours

const proxy = createTypingProxy({ linq: () => new LinqAPIV3(), authorize: mayWrite })
const listener = getRequestListener(proxy)

createServer((request, response) => {
  if (request.url?.startsWith('/api/linq/')) void listener(request, response)
  else response.writeHead(404).end()
}).listen(Number(process.env.PORT ?? 3000))
