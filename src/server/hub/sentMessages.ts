import { linqPolicy } from '../../linq/policy.js'
import { readIdentity, readTenant } from '../identity.js'
import { isUuid } from '../uuid.js'
import type { GuardedStore } from './guardedStore.js'
import { toldOfMessages } from './leases.js'

export interface SentMessage {
  /** Who sent it, as `authorize` names them: ends their lease alone. @default everybody's leases end */
  actor?: string | null | undefined
  /** The message's id: the same one is told once, however often it comes. */
  id?: string | null | undefined
  /** Whose chat it is, as `authorize` names them. */
  tenant?: string | null | undefined
}

/**
 * Tells the store of a message of ours.
 *
 * @param age how long ago it left, in milliseconds, as Linq's webhook tells.
 */
export type TellSent = (
  chatId: string,
  message: SentMessage | null | undefined,
  age?: number,
) => Promise<void>

/** The fact that a tenant's host names the senders of its messages. */
const namesSenders = (tenant: string) => `names-senders\n${tenant}`

const { deliveryWindow, timeout, maxLifetime } = linqPolicy
const day = 86_400_000
const halfAnHour = 1_800_000

export function createTellSent(store: GuardedStore): TellSent {
  return async (chatId, message, age) => {
    const toldAt = performance.now()
    if (typeof chatId !== 'string' || !isUuid(chatId))
      throw new TypeError("hub.sent was not given a chat's id. Call hub.sent(chatId, { actor }).")
    const { actor, id } = message ?? {}
    const known = actor == null ? undefined : readIdentity({ actor }, 'hub.sent was given').actor
    const tenant = readTenant(message?.tenant, 'hub.sent was given')
    const place = { tenant, chatId: chatId.toLowerCase() }
    const fact = id == null ? undefined : ['message', tenant, id].join('\n')
    const namedFact = fact === undefined || known === undefined ? undefined : `${fact}\nnamed`
    const isTold = fact !== undefined && (await store.knows(fact)) === true
    // A webhook that overtook the host named nobody.
    if (isTold && (namedFact === undefined || (await store.knows(namedFact)) === true)) return
    await store.remember(toldOfMessages(tenant), 30 * day)
    if (known !== undefined) await store.remember(namesSenders(tenant), 30 * day)
    const isOld = age !== undefined && age > deliveryWindow + timeout
    // A webhook names nobody, and may overtake the host that does: it would end the leases of all others, too.
    const isNamed = age !== undefined && (await store.knows(namesSenders(tenant))) === true
    const present = (age ?? 0) + performance.now() - toldAt
    // No lease and no stop that is owed is as old as that.
    const counted = isOld || isNamed ? maxLifetime : present
    await store.clear(
      { ...place, actor: known, id: isTold ? undefined : (id ?? undefined) },
      { age: counted },
    )
    // Last, so that what a failing store has missed may be told again.
    await Promise.all([fact, namedFact].map((one) => one !== undefined && store.remember(one, halfAnHour)))
  }
}
