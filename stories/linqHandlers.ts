import { http, type HttpHandler, HttpResponse } from 'msw'
import { createLinqHandlers } from 'react-linq-typing/testing'

type Serve = (request: Request) => Promise<Response>

const chats = new Map<string, Serve>()

/** Has requests about a chat answered, for as long as the page lives. */
export function serveChat(chatId: string, serve: Serve): void {
  chats.set(chatId, serve)
}

/** Each chat's own Linq, or its proxy, answers. */
async function serveStory(request: Request): Promise<Response> {
  const [, chatId = ''] = /\/v3\/chats\/([^/]+)/.exec(request.url) ?? []
  const serve = chats.get(chatId)
  return serve ? serve(request) : HttpResponse.json({ error: { status: 404, code: 2001 } }, { status: 404 })
}

/** Answers what stories ask of `/api/linq`. */
export const linqHandlers: HttpHandler[] = createLinqHandlers(
  { fetch: (request) => serveStory(request as Request) },
  { http, baseUrl: '/api/linq' },
)
