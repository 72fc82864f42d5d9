import { linqPolicy } from '../../linq/policy.js'
import { readTenant } from '../identity.js'
import { type LinqWebhookEvent, readChatNews } from '../webhook/linqEvent.js'
import type { GuardedStore } from './guardedStore.js'
import { createMemoryStore } from './memoryStore.js'
import type { TellSent } from './sentMessages.js'

export interface ReceivedEvent {
  /** Whose chat it is: the tenant that `authorize` returns for it. */
  tenant?: string | null | undefined
  /**
   * When Linq delivered the event, in epoch milliseconds by Linq's clock: the `webhook-timestamp` header, times 1,000. The
   * event's age is this minus its `created_at`. @default now
   */
  deliveredAt?: number | null | undefined
}

/** Remembers an event by its id for as long as Linq may repeat it. Resolves to whether it is new. */
export type RememberEvent = (event: LinqWebhookEvent) => Promise<boolean>

/** Takes in what an event says about a chat. Rejects with a `TypeError` if an option can't be used. */
export type TakeIn = (event: LinqWebhookEvent, options: ReceivedEvent | null | undefined) => Promise<void>

/** How long a recipient's bubble lasts after its last sign, in milliseconds. Anything older means nothing. */
const lifetime = linqPolicy.maxLifetime
const halfAnHour = 1_800_000

/** Finds out whether an event is new: to all servers or, while the store fails, to this one. */
export function createRememberEvent(store: Pick<GuardedStore, 'remember'>): RememberEvent {
  const own = createMemoryStore()
  return async ({ event_id }) => {
    const fact = `event\n${event_id}`
    // The store decides between two at once: they may arrive there in another order than here.
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
    // One dated far ahead would outrank everything that comes after it.
    if (!(Math.abs(age) <= lifetime)) return
    const passed = Math.max(0, age)
    if (type === 'sent') await tellSent(chatId, { id, tenant: tenant || undefined }, passed)
    else {
      const sign = { type: type === 'received' ? 'message' : type, handle, at, age: passed, id } as const
      await store.hear({ tenant, chatId }, sign, lifetime)
    }
  }
}
