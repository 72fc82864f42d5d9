import type { LinqWebhookEvent } from './webhookEvent.js'

/** Where Linq sends its webhooks, and what it signs them with. */
export interface LinqWebhookTarget {
  /** The secret of the subscription: `whsec_` and base64. */
  readonly secret: string
  /** An address, called with the global `fetch`; or a server's handler, called directly. */
  readonly to: string | ((request: Request) => Response | PromiseLike<Response>)
}

/**
 * Decides what happens to a webhook each time that it is about to be sent: `delivery.attempts` is empty the first
 * time. `undefined` means that it is sent once, now, and arrives.
 */
export type LinqWebhookNetwork = (delivery: LinqWebhookDelivery) => LinqWebhookJourney | undefined

/** What happens to a webhook when it is sent. */
export interface LinqWebhookJourney {
  /**
   * How late it is sent, in ms, or a promise that holds it until it settles, either way; a function decides for each copy,
   * counted from 0. It is signed when it leaves; its `created_at` says when the event was. @default 0
   */
  delay?: LinqWebhookDelay | ((copy: number) => LinqWebhookDelay) | undefined
  /** How many times it is sent. @default 1 */
  copies?: number | undefined
  /** Whether it never arrives. Linq waits ten seconds for an answer, and then tries again. @default false */
  lost?: boolean | undefined
}

export type LinqWebhookDelay = number | PromiseLike<unknown>

/** One webhook, with all attempts to deliver it. Times are on the emulator's clock, in ms. */
export interface LinqWebhookDelivery {
  readonly event: LinqWebhookEvent
  readonly chatId: string
  /** What is sent, byte for byte. */
  readonly body: string
  /** When the event happened. */
  readonly createdAt: number
  readonly attempts: readonly LinqWebhookAttempt[]
  /** `'delivered'` once an attempt was answered with 2xx; `'failed'` when Linq won't try again. */
  readonly status: 'pending' | 'delivered' | 'failed'
}

/** One request of a webhook. */
export interface LinqWebhookAttempt {
  /** 0 for the first, 1 for the first retry; the copies of one attempt share it. */
  readonly retry: number
  readonly sentAt: number
  /** Its `webhook-id`, `webhook-timestamp` and `webhook-signature`. */
  readonly headers: Readonly<Record<string, string>>
  /** When it was answered, or null: not yet, or never. */
  readonly answeredAt: number | null
  readonly status: number | null
}

/** Every delivery, in the order of the events, each replaced by a new object when it gets further. */
export interface DeliveryLog {
  readonly deliveries: readonly LinqWebhookDelivery[]
  /** Adds a delivery. @returns its number. */
  open(delivery: Pick<LinqWebhookDelivery, 'event' | 'chatId' | 'body' | 'createdAt'>): number
  get(id: number): LinqWebhookDelivery
  /** Adds an attempt. @returns its number. */
  attempt(id: number, sent: Pick<LinqWebhookAttempt, 'retry' | 'sentAt' | 'headers'>): number
  answer(id: number, attempt: number, answer: Pick<LinqWebhookAttempt, 'answeredAt' | 'status'>): void
  settle(id: number, status: LinqWebhookDelivery['status']): void
}

/** Makes an empty log, which calls `changed` after every entry. */
export function createDeliveryLog(changed: () => void): DeliveryLog {
  let deliveries: readonly LinqWebhookDelivery[] = []

  const get = (id: number) => {
    const delivery = deliveries[id]
    if (!delivery) throw new Error(`There is no webhook ${id}.`)
    return delivery
  }
  const note = (id: number, progress: Partial<LinqWebhookDelivery>) => {
    deliveries = deliveries.map((delivery, at) => (at === id ? { ...delivery, ...progress } : delivery))
    changed()
  }

  return {
    get deliveries() {
      return deliveries
    },
    open(delivery) {
      deliveries = [...deliveries, { ...delivery, attempts: [], status: 'pending' }]
      changed()
      return deliveries.length - 1
    },
    get,
    attempt(id, sent) {
      const { attempts } = get(id)
      note(id, { attempts: [...attempts, { ...sent, answeredAt: null, status: null }] })
      return attempts.length
    },
    answer(id, index, answer) {
      const attempts = get(id).attempts.map((attempt, at) =>
        at === index ? { ...attempt, ...answer } : attempt,
      )
      note(id, { attempts })
    },
    settle: (id, status) => note(id, { status }),
  }
}
