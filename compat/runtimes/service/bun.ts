import process from 'node:process'
import { createService } from './service.js'

declare const Bun: {
  serve: (options: {
    port: number
    hostname: string
    fetch: (request: Request) => Promise<Response>
  }) => unknown
}

const fetch = createService(process.env.LINQ_URL ?? '')
Bun.serve({ port: Number(process.env.PORT), hostname: '127.0.0.1', fetch })
