import { startTime } from './callTime.js'
import type { MakeCall } from './hub/leases.js'
import { callLinq } from './linqCall.js'
import type { LinqTypingClient } from './linqClient.js'

/**
 * Makes calls to Linq in one chat.
 *
 * @param timeout how long each may take unless it comes with a signal, in milliseconds.
 */
export function createLinqCalls(
  getLinq: () => LinqTypingClient | Promise<LinqTypingClient>,
  timeout: number,
): (chatId: string) => MakeCall {
  return (chatId) => async (action, signal) => {
    const time = startTime(timeout)
    try {
      await callLinq(await getLinq(), { chatId, action, signal: signal ?? time.signal }, timeout)
    } finally {
      time.end()
    }
  }
}
