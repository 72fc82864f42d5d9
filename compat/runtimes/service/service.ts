import { endLoading } from './globals.js'
import LinqAPIV3 from '@linqapp/sdk'
import { createTypingProxy } from 'react-linq-typing/server'

const usedAtLoad = endLoading()

/** The whole server of a small app, for the tests of every runtime. */
export function createService(linqUrl: string): (request: Request) => Promise<Response> {
  const linq = new LinqAPIV3({ apiKey: 'token', baseURL: linqUrl })
  const authorize = (request: Request) => request.headers.get('cookie') === 'user=ada'
  const parts: Record<string, (request: Request) => Promise<Response>> = {
    typing: createTypingProxy({ linq, authorize }),
    hasty: createTypingProxy({ linq, authorize, timeout: 300 }),
    globals: () => Promise.resolve(Response.json(usedAtLoad)),
  }

  return async (request) => {
    const part = new URL(request.url).pathname.split('/')[1] ?? ''
    return (await parts[part]?.(request)) ?? new Response(null, { status: 404 })
  }
}
