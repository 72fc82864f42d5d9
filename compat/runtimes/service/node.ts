import { getRequestListener } from '@hono/node-server'
import { createServer } from 'node:http'
import process from 'node:process'
import { createService } from './service.js'

const service = createService(process.env.LINQ_URL ?? '')
const listener = getRequestListener(service, { overrideGlobalObjects: false })
createServer((request, response) => void listener(request, response)).listen(
  Number(process.env.PORT),
  '127.0.0.1',
)
