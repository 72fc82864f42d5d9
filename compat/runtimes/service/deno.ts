import process from 'node:process'
import { createService } from './service.js'

declare const Deno: {
  serve: (
    options: { port: number; hostname: string; onListen: () => void },
    handler: (request: Request) => Promise<Response>,
  ) => unknown
}

const service = createService(process.env.LINQ_URL ?? '')
const onListen = () => undefined
Deno.serve({ port: Number(process.env.PORT), hostname: '127.0.0.1', onListen }, (request) => service(request))
