import { http, type HttpHandler, HttpResponse } from 'msw'

type Serve = (request: Request) => Promise<Response>

const chats = new Map<string, Serve>()

/** Has requests about a chat answered, for as long as the page lives. */
export function serveChat(chatId: string, serve: Serve): void {
  chats.set(chatId, serve)
}

/** Answers what stories ask of `/api/linq`: each chat's own Linq, or proxy, does. */
export const linqHandlers: HttpHandler[] = [
  http.all('/api/linq/v3/chats/:chatId/*', async ({ request, params }) => {
    const serve = chats.get(String(params.chatId))
    if (!serve) return HttpResponse.json({ error: { status: 404, code: 2001 } }, { status: 404 })
    return serve(request).catch(() => HttpResponse.error())
  }),
]
