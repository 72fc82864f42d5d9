import type { LinqAction, LinqCall } from './call.js'

/** A call as it was passed to `fetch`. */
export interface SentRequest extends Pick<LinqCall, 'action' | 'chatId' | 'method' | 'path' | 'headers'> {
  readonly signal: AbortSignal | null
  /** Reads the body, at once if it is a string. */
  readonly readBody: () => string | Promise<string>
}

/** A base for relative URLs, on a host that cannot exist (RFC 2606). */
const nowhere = 'http://linq.invalid'

/** Reads what `fetch` was called with, from any realm: the only class it relies on is `Headers`. */
export function readRequest(input: Request | URL | string, init: RequestInit = {}): SentRequest {
  const request = typeof input === 'object' && 'url' in input ? input : null
  const path = new URL(request?.url ?? (input as URL | string), nowhere).pathname
  const method = (init.method ?? request?.method ?? 'GET').toUpperCase()
  const { body } = init

  return {
    ...route(method, path),
    method,
    path,
    headers: Object.fromEntries(new Headers(init.headers ?? request?.headers)),
    signal: init.signal === undefined ? (request?.signal ?? null) : init.signal,
    readBody() {
      if (typeof body === 'string') return body
      if (body !== undefined && body !== null) return new Response(body).text()
      return request ? request.text() : ''
    },
  }
}

const chatPath = /.*\/v3\/chats\/(?<id>[^/]*)(?<resource>\/typing|\/messages)?\/?$/

const actions: Record<string, LinqAction | undefined> = {
  'POST /typing': 'start',
  'DELETE /typing': 'stop',
  'POST /messages': 'message',
  'GET ': 'read',
}

function route(method: string, path: string): Pick<LinqCall, 'action' | 'chatId'> {
  const { id, resource = '' } = chatPath.exec(path)?.groups ?? {}
  if (id === undefined) return { action: 'unknown', chatId: '' }
  return { action: actions[`${method} ${resource}`] ?? 'unknown', chatId: decode(id) }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
