import { boundedClient } from './boundedClient.js'
import { ExpiringMap } from './expiringMap.js'
import type { LinqCallOptions, LinqTypingClient } from './linqClient.js'

/** A client that can also read a chat. */
interface LinqChatClient {
  readonly chats: LinqTypingClient['chats'] & {
    readonly retrieve?: (chatId: string, options: Omit<LinqCallOptions, 'signal'>) => PromiseLike<unknown>
  }
}

interface KnownService {
  hasBubble: boolean
  endsAt: number
}

const tenMinutes = 600_000
/** How long to wait before asking again about a chat whose service is unknown, in milliseconds. */
const minute = 60_000
/** How long a start waits for the service, in milliseconds. */
const patience = 1_000

/** Tells whether a chat's service has a typing bubble. One `GET` per chat, kept for ten minutes. */
export function createServiceCheck(
  timeout: number,
): (client: LinqTypingClient, chatId: string) => Promise<boolean> {
  const known = new ExpiringMap<KnownService>()
  const underWay = new ExpiringMap<{ answer: Promise<KnownService>; endsAt: number }>()

  async function ask(client: LinqChatClient, chatId: string): Promise<KnownService> {
    let service: unknown
    try {
      const { chats }: LinqChatClient = boundedClient(client, () => undefined)
      const chat = await chats.retrieve?.(chatId, {
        ...{ maxRetries: 0, timeout, fetchOptions: { redirect: 'manual' } },
      })
      service = (chat as { service?: unknown } | null | undefined)?.service
    } catch {
      // Unknown: the start is made all the same, and shows what is wrong.
    }
    const isKnown = typeof service === 'string'
    const now = performance.now()
    const answer = {
      hasBubble: service !== 'SMS' && service !== 'RCS',
      endsAt: now + (isKnown ? tenMinutes : minute),
    }
    known.set(chatId, answer, now)
    return answer
  }

  return async (client, chatId) => {
    const now = performance.now()
    const kept = known.get(chatId, now)
    if (kept !== undefined) return kept.hasBubble
    let asking = underWay.get(chatId, now)
    if (asking === undefined) {
      // A question that is never answered is asked again.
      asking = { answer: ask(client, chatId), endsAt: now + minute }
      underWay.set(chatId, asking, now)
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const timeUp = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), patience)
    })
    try {
      return (await Promise.race([asking.answer, timeUp]))?.hasBubble ?? true
    } catch {
      // On Workers, when a request ends, what it waited for ends too.
      return true
    } finally {
      clearTimeout(timer)
    }
  }
}
