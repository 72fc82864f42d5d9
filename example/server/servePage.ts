import { getRequestListener } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { createServer, type RequestListener, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createServer as createVite } from 'vite'
import { listen, shut } from './listen.js'

interface Page {
  answer: RequestListener
  close: () => Promise<void>
}

/**
 * Serves the app under `/api` and the page beside it, on one port.
 *
 * @param built a folder with the page as `vite build` left it. @default Vite makes it from its source when it is asked for
 */
export async function servePage(
  app: Hono,
  port: number,
  built?: string,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer()
  const page = built === undefined ? await fromSource(server) : fromFolder(built)
  const answer = listenerOf(app)
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/api/') === true) answer(request, response)
    else page.answer(request, response)
  })
  const close = async () => {
    await Promise.all([page.close(), shut(server)])
  }
  try {
    return { url: `http://localhost:${await listen(server, port)}/`, close }
  } catch (error) {
    await page.close()
    throw error
  }
}

async function fromSource(server: Server): Promise<Page> {
  const vite = await createVite({
    configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
    server: { middlewareMode: true, ws: { server } },
    logLevel: 'warn',
    clearScreen: false,
  })
  return { answer: vite.middlewares, close: () => vite.close() }
}

function fromFolder(root: string): Page {
  const files = new Hono()
  files.use(serveStatic({ root }))
  return { answer: listenerOf(files), close: () => Promise.resolve() }
}

function listenerOf({ fetch }: Pick<Hono, 'fetch'>): RequestListener {
  const answer = getRequestListener(fetch, { overrideGlobalObjects: false })
  return (request, response) => void answer(request, response)
}
