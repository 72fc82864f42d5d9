import { Webhook } from 'standardwebhooks'
import { type Cluster, secret } from './cluster.js'
import { chats, type Delivery } from './events.js'
import type { Deed, Sign, Telling } from './transcript.js'
import { epoch, type World } from './world.js'

/** After an answer that is none, Linq tries again so much later, in ms. */
const retries = [1_000, 5_000, 30_000]
const verifier = new Webhook(secret)

/** How a sign is told. */
export interface Webhooks {
  readonly form: '2025' | '2026'
  readonly sender: string | undefined
  readonly deliveries: readonly Delivery[]
}

/** Linq, as it tells of what happened in its chats. */
export interface LinqSide {
  tell: (sign: Sign, webhook: Webhooks) => void
  /** Tells of a message of ours, which it knows no sender of. */
  tellSent: (message: Deed, deliveries: readonly Delivery[]) => void
}

export function createLinqSide(world: World, cluster: Cluster): LinqSide {
  async function deliver(event: object, { process, travels }: Delivery, tellings: Telling[]): Promise<void> {
    for (const wait of [...retries, undefined]) {
      const telling: Telling = {
        ...{ at: world.now(), arrivedAt: world.now() + travels },
        ...{ settledAt: Infinity, isAnswered: false },
      }
      tellings.push(telling)
      const request = signed(event)
      await world.wait(travels)
      const answer = await cluster.call(process, 'webhook', request).catch(() => undefined)
      telling.settledAt = world.now()
      telling.isAnswered = answer?.status === 204
      if (telling.isAnswered || wait === undefined) return
      await world.wait(wait)
    }
  }

  function send(event: object, deliveries: readonly Delivery[], tellings: Telling[]): void {
    for (const delivery of deliveries)
      world.later(delivery.after, () => void deliver(event, delivery, tellings))
  }

  return {
    tell: (sign, webhooks) => send(eventOf(sign, webhooks), webhooks.deliveries, sign.tellings),
    tellSent: (message, deliveries) => send(sentEvent(message), deliveries, message.tellings),
  }
}

function signed(event: object): Request {
  const body = JSON.stringify(event)
  const seconds = new Date(Math.floor(Date.now() / 1_000) * 1_000)
  const headers = {
    'content-type': 'application/json',
    'webhook-id': 'a delivery',
    'webhook-timestamp': String(seconds.getTime() / 1_000),
    'webhook-signature': verifier.sign('a delivery', seconds, body),
  }
  return new Request('https://app.test/webhooks/linq', { method: 'POST', body, headers })
}

const envelope = (type: string, { at, id }: { at: number; id: string }, data: object) => ({
  ...{ event_type: type, event_id: `event ${id}`, created_at: new Date(epoch + at).toISOString() },
  data,
})
const handleOf = (handle: string | undefined) => (handle === undefined ? undefined : { handle, is_me: false })

function eventOf(sign: Sign, { form, sender }: Webhooks): object {
  const { kind, chat, id } = sign
  if (kind !== 'message') {
    const type = `chat.typing_indicator.${kind === 'typing' ? 'started' : 'stopped'}`
    return envelope(type, sign, { chat_id: chat, actor_handle: handleOf(sender) })
  }
  if (form === '2025')
    return envelope('message.received', sign, {
      ...{ chat_id: chat, is_from_me: false, message: { id }, from_handle: handleOf(sender) },
    })
  return envelope('message.received', sign, {
    ...{ id, chat: { id: chat, is_group: chat === chats[1] }, direction: 'inbound' },
    sender_handle: handleOf(sender),
  })
}

function sentEvent(message: Deed): object {
  const { chat, id } = message
  return envelope('message.sent', message, {
    ...{ id, chat: { id: chat, is_group: chat === chats[1] }, direction: 'outbound' },
    sender_handle: { handle: '+15550001', is_me: true },
  })
}
