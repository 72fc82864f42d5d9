import type { TypingRequest } from '../core/typingFetcher.js'

/** What a proxy reads of a request, which may be anything that a framework hands over. */
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
  return {
    chatId: hasOneChat(pathname) ? typingPath.exec(pathname)?.[1]?.toLowerCase() : undefined,
    action: actions.get(method),
  }
}

const typingPath = /\/v3\/chats\/([^/]*)\/typing\/?$/

/** A second chat in the path may be the one that a router's guard has looked at, so it is looked for as a router might. */
function hasOneChat(pathname: string): boolean {
  return [...unescape(pathname).matchAll(/[\\/]v3[\\/]+chats(?=[\\/])/gi)].length === 1
}

/** Undoes every layer of escapes that can be undone. */
function unescape(text: string): string {
  try {
    const plain = decodeURIComponent(text)
    return plain === text ? text : unescape(plain)
  } catch {
    return text
  }
}
