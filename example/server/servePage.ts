import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createServer as createVite } from 'vite'
import { listen, shut } from './listen.js'

/** Serves the app under `/api`, and everything else from Vite, on one port. */
export async function servePage(
  app: Hono,
  port: number,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer()
  const vite = await createVite({
    configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
    server: { middlewareMode: true, ws: { server } },
    logLevel: 'warn',
    clearScreen: false,
  })
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/api/') === true) void answer(request, response)
    else vite.middlewares(request, response)
  })
  const close = async () => {
    await Promise.all([vite.close(), shut(server)])
  }
  try {
    return { url: `http://localhost:${await listen(server, port)}/`, close }
  } catch (error) {
    await vite.close()
    throw error
  }
}
