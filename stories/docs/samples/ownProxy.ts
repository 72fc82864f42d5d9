import LinqAPIV3 from '@linqapp/sdk'
import { Hono } from 'hono'
import { createSdkFetcher, type TypingError } from 'react-linq-typing/server'
import { readSession } from './session'

const callLinq = createSdkFetcher(new LinqAPIV3())
const refusals = new Set(['invalid', 'forbidden', 'not-found', 'gone', 'unsupported'])

export const app = new Hono().on(['POST', 'DELETE'], '/conversations/:id/typing', async (context) => {
  const chatId = context.req.param('id')
  const session = await readSession(context.req.raw)
  if (session === null) return context.body(null, 401)
  if (!session.mayWriteIn(chatId)) return context.body(null, 404)
  try {
    await callLinq({
      chatId,
      action: context.req.method === 'POST' ? 'start' : 'stop',
      signal: AbortSignal.timeout(5_000),
      keepalive: false,
    })
    return context.body(null, 204)
  } catch (error) {
    const { reason, isFinal, retryAfter } = error as TypingError
    // Linq's 401 is about our token, not about the page's user. A refusal that Linq didn't sign says nothing about the chat.
    const isOurs = reason === 'unauthorized' || (refusals.has(reason) && !isFinal)
    return context.json({ error: { reason: isOurs ? 'server' : reason, retryAfter } }, 502)
  }
})
