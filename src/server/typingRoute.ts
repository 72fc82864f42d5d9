import type { TypingRequest } from '../core/typingFetcher.js'

/** What a proxy reads from a request, which may be anything that a framework passes on. */
export interface Route {
  /** The chat's id in lower case, whatever it looks like; `undefined` if this is no address for typing. */
  readonly chatId: string | undefined
  readonly action: TypingRequest['action'] | undefined
}

const actions = new Map<string, TypingRequest['action']>([
  ['POST', 'start'],
  ['DELETE', 'stop'],
])

/** The methods that the proxy answers. */
export const methods: string = [...actions.keys()].join(', ')

/** Finds the chat and the action in the method and the path, under any mount point. */
export function readRoute({ method, url }: Pick<Request, 'method' | 'url'>): Route {
  // Some frameworks give a path alone.
  const { pathname } = new URL(url, 'http://localhost')
  const match = typingPath.exec(pathname)
  const isAlone = match !== null && !mayNameChat(pathname.slice(0, match.index))
  return { chatId: isAlone ? match[1]?.toLowerCase() : undefined, action: actions.get(method) }
}

const typingPath = /\/v3\/chats\/([^/]*)\/typing\/?$/
/** More layers of escapes than a mount point has. */
const mostLayers = 3

/** Whether a router's guard may have seen a chat in the path before the route: escaped, or unreadable. */
function mayNameChat(mount: string): boolean {
  let plain = mount
  for (let layer = 0; layer < mostLayers; layer++) {
    try {
      const undone = decodeURIComponent(plain)
      if (undone === plain) return /[\\/]v3[\\/]+chats(?:[\\/]|$)/i.test(plain)
      plain = undone
    } catch {
      return true
    }
  }
  return true
}
