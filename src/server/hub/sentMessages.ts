import { linqPolicy } from '../../linq/policy.js'
import { readIdentity, readTenant } from '../identity.js'
import { isUuid } from '../uuid.js'
import type { GuardedStore } from './guardedStore.js'
import { toldOfMessages } from './leases.js'

export interface SentMessage {
  /** Who sent it: the actor that `authorize` returns. Only their lease ends. @default everybody's leases end */
  actor?: string | null | undefined
  /** The message's id: within its chat, a message counts once, however often it is reported. */
  id?: string | null | undefined
  /** Whose chat it is: the tenant that `authorize` returns for it. */
  tenant?: string | null | undefined
}

/**
 * Tells the store of a message from our side.
 *
 * @param age how long ago it left, in milliseconds, if Linq's webhook says so.
 */
export type TellSent = (
  chatId: string,
  message: SentMessage | null | undefined,
  age?: number,
) => Promise<void>

const { deliveryWindow, timeout, maxLifetime } = linqPolicy
const day = 86_400_000
const halfAnHour = 1_800_000

export function createTellSent(store: GuardedStore): TellSent {
  return async (chatId, message, age = 0) => {
    const toldAt = performance.now()
    if (typeof chatId !== 'string' || !isUuid(chatId))
      throw new TypeError(
        "hub.sent got no valid chat id (Linq's, a UUID), so nobody's typing ended. Call hub.sent(chatId, { actor, id }).",
      )
    const actor = message?.actor
    const id = message?.id === '' ? undefined : (message?.id ?? undefined)
    const known = actor == null ? undefined : readIdentity({ actor }, 'hub.sent was given').actor
    const tenant = readTenant(message?.tenant, 'hub.sent was given')
    const place = { tenant, chatId: chatId.toLowerCase() }
    const fact = id && ['message', tenant, place.chatId, id].join('\n')
    if (fact !== undefined && (await store.knows(fact)) === true) return
    await store.remember(toldOfMessages(tenant), 30 * day)
    // Linq's times are whole milliseconds. Dated a moment too early, a message would leave the lease that it ends.
    const present = Math.max(0, age - 1) + performance.now() - toldAt
    // No lease, and no owed stop, is as old as that.
    const counted = age > deliveryWindow + timeout ? maxLifetime : present
    await store.clear({ ...place, actor: known, id }, { age: counted })
    // Last, so that a message that a failing store missed can be reported again.
    if (fact !== undefined) await store.remember(fact, halfAnHour)
  }
}
