import { Webhook } from 'standardwebhooks'
import {
  createLinqEmulator,
  type LinqChatInit,
  type LinqEmulatorOptions,
  type LinqWebhookEvent,
} from 'react-linq-typing/testing'

export const secret = `whsec_${btoa('a secret of thirty-two letters..')}`

interface OpenWebhooksOptions extends Omit<LinqEmulatorOptions, 'webhooks'> {
  chat?: LinqChatInit
  /** What a server answers. @default 204 */
  answer?: (request: Request) => Response | Promise<Response>
}

/** A chat of an emulated Linq, and a server that verifies its webhooks. */
export function openWebhooks({ chat, answer, ...options }: OpenWebhooksOptions = {}) {
  const events: LinqWebhookEvent[] = []
  const to = async (request: Request) => {
    const body = await request.clone().text()
    const verified = new Webhook(secret).verify(body, Object.fromEntries(request.headers))
    events.push(verified as LinqWebhookEvent)
    return answer ? answer(request) : new Response(null, { status: 204 })
  }
  const emulator = createLinqEmulator({ ...options, webhooks: { secret, to } })
  const chatId = emulator.addChat(chat)
  return {
    emulator,
    chatId,
    /** Every webhook that arrived and was verified. */
    events,
    types: () => events.map((event) => event.event_type.replace('chat.typing_indicator.', '')),
    attempts: () => emulator.webhookDeliveries.flatMap(({ attempts }) => attempts),
  }
}
