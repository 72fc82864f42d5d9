import { Webhook } from 'standardwebhooks'
import type { LinqClock } from './clock.js'
import { travel } from './network.js'
import type {
  DeliveryLog,
  LinqWebhookDelivery,
  LinqWebhookJourney,
  LinqWebhookTarget,
} from './webhookDelivery.js'

/** How long Linq waits for an answer, in ms. Its documents don't say. */
const patience = 10_000

/** How often Linq tries again. With a wait that begins at 1.5 s and doubles, that takes 25.6 minutes. */
const retries = 10
const firstWait = 1_500

/** The address that a handler is called with: on a host that cannot exist (RFC 2606). */
const nowhere = 'https://webhooks.invalid/linq'

/** What is needed to deliver webhooks. */
export interface WebhookOffice {
  readonly clock: LinqClock
  readonly log: DeliveryLog
  /** What happens to a delivery that is about to be sent. */
  readonly plan: (delivery: LinqWebhookDelivery) => LinqWebhookJourney | undefined
}

/** Checks a secret. Throws if nothing can be signed with it. */
export function checkSecret({ secret }: LinqWebhookTarget): void {
  try {
    new Webhook(secret)
  } catch (cause) {
    throw new Error('The secret of the webhooks must be `whsec_` and base64, as Linq gives it.', { cause })
  }
}

/** Delivers one webhook, and tries again as Linq does. */
export function deliver(id: number, target: LinqWebhookTarget, office: WebhookOffice, retry = 0): void {
  const { clock, log, plan } = office
  const { delay = 0, copies = 1, lost = false } = plan(log.get(id)) ?? {}
  let isSettled = false

  const settle = (status: number | null) => {
    if (isSettled) return
    isSettled = true
    if (status !== null && status >= 200 && status < 300) log.settle(id, 'delivered')
    else if (retry === retries || isRefusal(status)) log.settle(id, 'failed')
    else clock.setTimeout(() => deliver(id, target, office, retry + 1), firstWait * 2 ** retry)
  }
  const send = () => {
    const { body, event } = log.get(id)
    const headers = sign(target.secret, event.event_id, clock.now(), body)
    const attempt = log.attempt(id, { retry, sentAt: clock.now(), headers })
    const timer = clock.setTimeout(() => settle(null), patience)
    if (lost) return
    void post(target.to, headers, body).then((status) => {
      clock.clearTimeout(timer)
      if (status !== null) log.answer(id, attempt, { answeredAt: clock.now(), status })
      settle(status)
    })
  }

  for (let copy = 0; copy < Math.max(1, copies); copy += 1)
    travel(typeof delay === 'function' ? delay(copy) : delay, clock, send, send)
}

const isRefusal = (status: number | null) =>
  status !== null && status >= 400 && status < 500 && status !== 429

function sign(secret: string, id: string, now: number, body: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, new Date(now), body),
  }
}

/** Sends a request. @returns the status that answers it, or null where none did. */
async function post(
  to: LinqWebhookTarget['to'],
  headers: Record<string, string>,
  body: string,
): Promise<number | null> {
  const request = { method: 'POST', headers, body }
  try {
    const response = await (typeof to === 'string' ? fetch(to, request) : to(new Request(nowhere, request)))
    // Unread, it would keep the connection.
    void response.body?.cancel().catch(() => undefined)
    return response.status
  } catch {
    return null
  }
}
