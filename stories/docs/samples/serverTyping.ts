import LinqAPIV3 from '@linqapp/sdk'
import { createSdkFetcher } from 'react-linq-typing/server'

const callLinq = createSdkFetcher(new LinqAPIV3())

/** Shows the bubble while a bot prepares its answer. */
export async function announce(chatId: string): Promise<void> {
  await callLinq({ chatId, action: 'start', signal: AbortSignal.timeout(5_000), keepalive: false })
}
