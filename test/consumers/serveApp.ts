import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { extname, join } from 'node:path'
import { createTypingProxy } from 'react-linq-typing/server'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { listen, shut } from '../../example/server/listen.js'

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

export interface ServedApp {
  /** The address of the page. */
  url: string
  /** What reached the emulated Linq, in order. */
  calls: () => Promise<string[]>
  close: () => Promise<void>
}

export interface ServeAppOptions {
  /** Changes the page before it is served, for the query that it is asked with. */
  page?: (html: string, query: Record<string, string>) => string
  headers?: Record<string, string>
}

/** Serves a folder that was built, whose page is `index.html`, with the proxy before an emulated Linq. */
export async function serveApp(
  folder: string,
  { page = (html) => html, headers = {} }: ServeAppOptions = {},
) {
  const linq = createLinqEmulator({ inactive: 'shown' })
  const chatId = linq.addChat()
  const call = (method: string) => async (id: string) => {
    const { ok } = await linq.fetch(`http://linq.test/v3/chats/${id}/typing`, { method })
    if (!ok) throw new Error('Linq refused')
  }
  const proxy = createTypingProxy({
    linq: { chats: { typing: { start: call('POST'), stop: call('DELETE') } } },
    authorize: () => true,
  })

  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(headers)) context.header(name, value)
  })
  app.all('/api/linq/*', ({ req }) => proxy(req.raw))
  app.post('/api/messages', async ({ req, body }) => {
    const message = { message: { parts: [{ type: 'text', value: await req.text() }] } }
    await linq.fetch(`http://linq.test/v3/chats/${chatId}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
    })
    return body(null, 202)
  })
  app.get('/favicon.ico', ({ body }) => body(null, 204))
  app.get('/', ({ req, html }) => html(page(readFileSync(join(folder, 'index.html'), 'utf8'), req.query())))
  app.get('*', ({ req, body }) =>
    body(readFileSync(join(folder, req.path)), 200, { 'content-type': types[extname(req.path)] ?? '' }),
  )

  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server
  const url = `http://localhost:${await listen(server, 0)}/?chatId=${chatId}`
  return {
    url,
    calls: () => Promise.resolve(linq.calls.map(({ action }) => action)),
    close: () => shut(server),
  } satisfies ServedApp
}
