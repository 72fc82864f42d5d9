import type { LinqEmulator } from 'react-linq-typing/testing'
import { expect, vi } from 'vitest'
import { readPage } from '../server/stream/setUpStream.js'

/** The secret of a server's webhooks, as Linq gives it. */
export const webhookSecret = 'whsec_c2VjcmV0IG9mIHRoZSBtb3VudHM='

/** Lets a recipient type: a page that listens hears of it by webhook and stream, if it is signed in and Linq signed. */
export async function expectWordToReach(
  linq: LinqEmulator,
  origin: string,
  { webhook = '/api/linq-webhook', stream = '/api/typing/stream' } = {},
): Promise<void> {
  const listen = async (user: string) => {
    const headers = { Accept: 'text/event-stream', Cookie: `user=${user}`, Origin: origin }
    return readPage(await fetch(`${origin}${stream}`, { headers }))
  }
  const soon = { timeout: 10_000, interval: 10 }
  const chatId = linq.addChat()
  const [ada, eve] = [await listen('ada'), await listen('eve')]
  for (const { events } of [ada, eve])
    await vi.waitFor(() => expect(events).toMatchObject([{ type: 'snapshot', typing: [] }]), soon)

  linq.webhooks = { secret: 'whsec_YW5vdGhlciBzZWNyZXQ=', to: `${origin}${webhook}` }
  linq.recipientTypes(chatId)
  await vi.waitFor(() => expect(linq.webhookDeliveries.at(-1)?.attempts[0]?.status).toBe(401), soon)
  linq.webhooks = { secret: webhookSecret, to: `${origin}${webhook}` }
  linq.recipientTypes(chatId)
  await vi.waitFor(() => expect(ada.events[1]).toMatchObject({ type: 'typing', chatId }), soon)
  linq.recipientStops(chatId)
  await vi.waitFor(() => expect(ada.events[2]).toMatchObject({ type: 'idle', chatId }), soon)
  expect(eve.events).toHaveLength(1)
  linq.webhooks = undefined
  await Promise.all([ada.leave(), eve.leave()])
}
