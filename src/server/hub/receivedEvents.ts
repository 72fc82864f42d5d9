import { linqPolicy } from '../../linq/policy.js'
import { ExpiringMap } from '../expiringMap.js'
import { readTenant } from '../identity.js'
import { type LinqWebhookEvent, readChatNews } from '../linqEvent.js'
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

/**
 * Does what an event asks for, unless that has been done: Linq may send an event more than once. Resolves when it is done,
 * or another server is doing it.
 *
 * @param isWaiting whether to wait if this process is doing it already. @default true
 */
export type OncePerEvent = (
  event: LinqWebhookEvent,
  work: () => Promise<void>,
  isWaiting?: boolean,
) => Promise<void>

/** Takes in what an event says about a chat. Rejects with a `TypeError` if an option can't be used. */
export type TakeIn = (event: LinqWebhookEvent, options: ReceivedEvent | null | undefined) => Promise<void>

/** How long a recipient's bubble lasts after its last sign, in milliseconds. Anything older means nothing. */
const lifetime = linqPolicy.maxLifetime
/** How long Linq may repeat an event, in milliseconds. */
const halfAnHour = 1_800_000
/**
 * How long an event belongs to the server that began its work, and how often that server renews this, in milliseconds. If the
 * server dies, the event is new again before Linq repeats it.
 */
const claim = 1_200
const interval = 400
/** Longer than an event's work takes, in milliseconds. */
const longestWork = 15_000

/** Remembers events by their ids: for all servers or, while the store fails, for this one. */
export function createOncePerEvent(store: Pick<GuardedStore, 'remember' | 'knows'>): OncePerEvent {
  const own = createMemoryStore()
  const underWay = new ExpiringMap<{ answer: Promise<void>; endsAt: number }>()

  async function once(id: string, work: () => Promise<void>): Promise<void> {
    const done = `event\n${id}`
    const begun = `begun\n${id}`
    const isDone = async () => (await store.knows(done)) === true || (await own.knows(done))
    if (await isDone()) return
    if ((await store.knows(begun)) === true || (await store.remember(begun, claim)) === false) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const renewLater = () => {
      timer = setTimeout(() => {
        void store.remember(begun, claim)
        renewLater()
      }, interval)
    }
    renewLater()
    try {
      await work()
    } finally {
      clearTimeout(timer)
      await Promise.all([store.remember(done, halfAnHour), own.remember(done, halfAnHour)])
    }
  }

  return async ({ event_id }, work, isWaiting = true) => {
    const now = performance.now()
    const known = underWay.get(event_id, now)
    if (known !== undefined) return isWaiting ? known.answer : undefined
    const answer = once(event_id, work).finally(() => underWay.delete(event_id))
    underWay.set(event_id, { answer, endsAt: now + longestWork }, now)
    return answer
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
