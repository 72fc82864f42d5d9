import { startTime } from './callTime.js'
import type { MakeCall } from './hub/leases.js'
import type { StoredChat } from './hub/typingStore.js'
import { callLinq } from './linqCall.js'
import type { LinqTypingClient } from './linqClient.js'
import { toLinqError } from './linqError.js'

/**
 * Makes calls to Linq in one chat.
 *
 * @param timeout how long each may take unless it comes with a signal, in milliseconds.
 * @param onLimit called when Linq limits a start, with the wait it asks for and the chat's tenant.
 */
export function createLinqCalls(
  getLinq: () => LinqTypingClient | Promise<LinqTypingClient>,
  timeout: number,
  onLimit: (retryAfter: number | undefined, tenant: string) => void,
): (chat: StoredChat) => MakeCall {
  return ({ tenant, chatId }) =>
    async (action, signal) => {
      const time = startTime(timeout)
      try {
        await callLinq(await getLinq(), { chatId, action, signal: signal ?? time.signal }, timeout)
      } catch (thrown) {
        const { reason, retryAfter } = toLinqError(thrown)
        if (action === 'start' && reason === 'rate-limited') onLimit(retryAfter, tenant)
        throw thrown
      } finally {
        time.end()
      }
    }
}
