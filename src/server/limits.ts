import type { TypingRequest } from '../core/typingFetcher.js'
import type { GuardedStore } from './hub/guardedStore.js'
import { createMemoryStore } from './hub/memoryStore.js'
import type { StoreLimit } from './hub/typingStore.js'
import type { KnownCaller } from './identity.js'

/** Why a call has to wait, and for how long in milliseconds. */
export interface Limited {
  readonly by: 'us' | 'linq'
  readonly retryAfter: number
}

export interface Limits {
  /** Counts a call. Resolves to why it has to wait, if it has to. */
  readonly count: (
    action: TypingRequest['action'],
    caller: KnownCaller,
    chatId: string,
  ) => Promise<Limited | undefined>
  /** For how much longer a tenant's starts are held back, in milliseconds. */
  readonly quiet: (tenant: string) => Promise<number>
  /** For how much longer everybody's are, as far as this process knows. */
  readonly quietHere: () => number
  /** Holds back starts because Linq's own limit was hit, for as long as it asked, in milliseconds. */
  readonly hush: (retryAfter: number | undefined, tenant: string) => void
}

/** How long starts are held back if Linq doesn't say, and at most, in milliseconds. */
const usualWait = 30_000
const longestWait = 300_000
/** The most calls within a minute. No page makes that many by itself: it starts once in 48 s while somebody writes. */
const most = { startsInAChat: 60, starts: 200, stops: 300 }

/**
 * Limits how often one person calls. While the store fails, this process counts by itself.
 *
 * Linq limits a token. All calls from here go out with the same one, so here its limit holds for every tenant. Others that
 * share the store may have other tokens: there, it holds for the tenant that met it.
 */
export function createLimits(store: GuardedStore): Limits {
  const own = createMemoryStore()
  let quietUntil = 0

  const quietHere = () => Math.max(0, quietUntil - performance.now())
  const quiet = async (tenant: string) => Math.max((await store.quiet(tenant)) ?? 0, quietHere())

  return {
    async count(action, caller, chatId) {
      const limits = limitsOf(action, caller, chatId)
      const [counted, hushed] = await Promise.all([
        store.count(limits),
        action === 'start' ? quiet(caller.tenant) : 0,
      ])
      const wait = counted ?? (await own.count(limits))
      if (wait === 0 && hushed === 0) return undefined
      return wait >= hushed ? { by: 'us', retryAfter: wait } : { by: 'linq', retryAfter: hushed }
    },
    quiet,
    quietHere,
    hush(retryAfter, tenant) {
      const asked = retryAfter === undefined || Number.isNaN(retryAfter) ? usualWait : retryAfter
      const duration = Math.min(Math.max(asked, 1_000), longestWait)
      quietUntil = Math.max(quietUntil, performance.now() + duration)
      void store.hush(duration, tenant)
    },
  }
}

function limitsOf(
  action: TypingRequest['action'],
  { tenant, actor }: KnownCaller,
  chatId: string,
): readonly StoreLimit[] {
  const key = [action, tenant, actor].join('\n')
  const inChat = `${key}\n${chatId}`
  // Without actors, one person's calls can't be told from another's.
  if (action === 'stop') return [{ key: actor === undefined ? inChat : key, max: most.stops }]
  const limit = { key: inChat, max: most.startsInAChat }
  return actor === undefined ? [limit] : [limit, { key, max: most.starts }]
}
