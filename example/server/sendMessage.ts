import type { LinqAPIV3 } from '@linqapp/sdk'
import type { DemoFailure } from '../api.js'

type Failure = DemoFailure & { status: 400 | 401 | 403 | 404 | 409 | 502 }

/** Sends a message through Linq. If Linq refuses it, answers why, in our own words. */
export async function sendMessage(
  linq: LinqAPIV3,
  chatId: string,
  text: string,
): Promise<{ id: string } | Failure> {
  try {
    const { message } = await linq.chats.messages.send(chatId, {
      message: { parts: [{ type: 'text', value: text }] },
    })
    return { id: message.id }
  } catch (error) {
    const { status } = error as { status?: unknown }
    // Our token's trouble, not the page's: a 401 would tell its user to sign in.
    if (status === 401)
      return { status: 502, error: { reason: 'server', message: 'Linq refused this server’s token.' } }
    return explain(status)
  }
}

/** Says why a message was not sent. */
export function explain(status: unknown): Failure {
  const fail = (known: Failure['status'], reason: string, message: string): Failure => ({
    status: known,
    error: { reason, message },
  })
  if (status === 400) return fail(400, 'invalid', 'A message needs a chat and a text.')
  if (status === 401) return fail(401, 'unauthorized', 'Nobody is signed in.')
  if (status === 403) return fail(403, 'forbidden', 'This chat takes no messages.')
  if (status === 404) return fail(404, 'not-found', 'There is no such chat.')
  if (status === 409) return fail(409, 'gone', 'You are no longer in this chat.')
  return fail(502, 'server', 'Linq did not take the message.')
}
