import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import type { Server } from 'node:http'
import type { LinqEmulator } from 'react-linq-typing/testing'
import { listen, shut } from './listen.js'

/** Serves an emulated Linq over HTTP, on a port of its own on this machine. */
export async function serveLinq(
  emulator: LinqEmulator,
): Promise<{ baseURL: string; close: () => Promise<void> }> {
  const server = createAdaptorServer({
    overrideGlobalObjects: false,
    async fetch(request, env) {
      try {
        return await emulator.fetch(request)
      } catch {
        // The caller went away, or the connection is meant to break.
        ;(env as HttpBindings).incoming.socket.destroy()
        return new Response(null, { status: 502 })
      }
    },
  }) as Server
  const port = await listen(server, 0)
  return { baseURL: `http://localhost:${port}/api/partner`, close: () => shut(server) }
}
