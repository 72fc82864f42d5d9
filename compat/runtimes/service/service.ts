import { endLoading } from './globals.js'
import LinqAPIV3 from '@linqapp/sdk'
import {
  createLinqWebhook,
  createTypingHub,
  createTypingProxy,
  createTypingStream,
} from 'react-linq-typing/server'

const usedAtLoad = endLoading()

/** The whole server of a small app, for the tests of every runtime. */
export function createService(linqUrl: string): (request: Request) => Promise<Response> {
  const linq = new LinqAPIV3({ apiKey: 'token', baseURL: linqUrl })
  const hub = createTypingHub()
  const isAda = (request: Request) => request.headers.get('cookie') === 'user=ada'
  const mayRead = (chatId: string) =>
    linq.chats.retrieve(chatId).then(
      () => true,
      () => false,
    )
  let listening = 0
  const parts: Record<string, (request: Request) => Promise<Response>> = {
    typing: createTypingProxy({ linq, authorize: isAda }),
    hasty: createTypingProxy({ linq, authorize: isAda, timeout: 300 }),
    webhook: createLinqWebhook({ secret: 'whsec_c2VjcmV0IG9mIHRoZSBydW50aW1lcw==', hub }),
    stream: createTypingStream({
      identify: (request) => (isAda(request) ? { actor: 'ada', maySee: mayRead } : null),
      hub,
      onEvent({ type }) {
        if (type === 'stream-opened') listening++
        if (type === 'stream-closed') listening--
      },
    }),
    listening: () => Promise.resolve(Response.json(listening)),
    globals: () => Promise.resolve(Response.json(usedAtLoad)),
  }

  return async (request) => {
    const part = new URL(request.url).pathname.split('/')[1] ?? ''
    return (await parts[part]?.(request)) ?? new Response(null, { status: 404 })
  }
}
