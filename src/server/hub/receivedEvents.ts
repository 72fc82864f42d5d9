import { linqPolicy } from '../../linq/policy.js'
import { readTenant } from '../identity.js'
import { type LinqWebhookEvent, readChatNews } from '../webhook/linqEvent.js'
import type { GuardedStore } from './guardedStore.js'
import { createMemoryStore } from './memoryStore.js'
import type { TellSent } from './sentMessages.js'

export interface ReceivedEvent {
  /** Whose chat it is, as `authorize` names them. */
  tenant?: string | null | undefined
  /**
   * When Linq delivered the event, in epoch milliseconds by its clock: the header `webhook-timestamp`, times 1,000.
   * Less `created_at`, this is the event's age. @default now
   */
  deliveredAt?: number | null | undefined
}

/** Remembers events by their id, for as long as Linq may tell them again. */
export type RememberEvent = (event: LinqWebhookEvent) => Promise<boolean>

/** Takes in what an event says of a chat. Rejects with a `TypeError` if it was called with what can't be used. */
export type TakeIn = (event: LinqWebhookEvent, options: ReceivedEvent | null | undefined) => Promise<void>

/** How long a recipient's bubble lasts after its last sign, in milliseconds. What is older than that says nothing. */
const lifetime = linqPolicy.maxLifetime
const halfAnHour = 1_800_000

/** Tells whether an event is new, to all servers, and to this one while the store fails. */
export function createRememberEvent(store: Pick<GuardedStore, 'remember'>): RememberEvent {
  const own = createMemoryStore()
  return async ({ event_id }) => {
    const fact = `event\n${event_id}`
    // The store decides between two at once: here they may come in another order than there.
    if ((await store.remember(fact, halfAnHour)) === false) return false
    return own.remember(fact, halfAnHour)
  }
}

export function createTakeIn(store: GuardedStore, tellSent: TellSent): TakeIn {
  return async (event, options) => {
    const news = readChatNews(event)
    if (news === undefined) return
    const tenant = readTenant(options?.tenant, 'hub.receive was given')
    const { type, chatId, at, handle, id } = news
    const age = (options?.deliveredAt ?? Date.now()) - at
    // One from far ahead would outdo all that comes after it.
    if (!(Math.abs(age) <= lifetime)) return
    const passed = Math.max(0, age)
    if (type === 'sent') await tellSent(chatId, { id, tenant: tenant || undefined }, passed)
    else {
      const sign = { type: type === 'received' ? 'message' : type, handle, at, age: passed, id } as const
      await store.hear({ tenant, chatId }, sign, lifetime)
    }
  }
}
