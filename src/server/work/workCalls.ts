import { TypingError } from '../../core/typingError.js'
import type { TypingFetcher, TypingRequest } from '../../core/typingFetcher.js'
import { linqPolicy } from '../../linq/policy.js'
import { tell } from '../events.js'
import { guardStore } from '../hub/guardedStore.js'
import { newWork } from '../hub/holders.js'
import type { Outcome } from '../hub/leases.js'
import { createMemoryStore } from '../hub/memoryStore.js'
import { hubParts } from '../hub/typingHub.js'
import { readIdentity } from '../identity.js'
import { createLimits } from '../limits.js'
import { createLinqCalls } from '../linqCalls.js'
import { toLinqError } from '../linqError.js'
import { createLinqSource } from '../linqSource.js'
import { onceAMinute } from '../onceAMinute.js'
import type { ServerTypingOptions } from './serverTypingOptions.js'

/**
 * Makes the calls of sessions for work on a server. A session belongs to a place: with a hub, that is one piece of work in
 * one chat, with its own lease; without a hub, it is the chat.
 */
export interface WorkCalls {
  readonly placeOf: (chatId: string) => string
  readonly fetcher: TypingFetcher
  /** Ends the lease by a message, which clears the bubble. */
  readonly sent: (place: string) => Promise<void>
  /** Ends a lease that no stop and no message has ended. */
  readonly leave: (place: string) => Promise<void>
}

const uuidLength = 36

export function createWorkCalls(options: ServerTypingOptions): WorkCalls {
  const { hub, actor, onError, onEvent } = options
  const known = readIdentity({ ...options, actor: actor ?? 'server' }, 'createServerTyping was given')
  const getLinq = createLinqSource(options.linq, 'createServerTyping')
  const { store, leases } = hub?.[hubParts] ?? { store: guardStore(createMemoryStore()), leases: undefined }
  const limits = createLimits(store)
  const callsIn = createLinqCalls(getLinq, linqPolicy.timeout, limits.hush)
  const oncePerChat = onceAMinute()
  /** The places that may hold a lease. */
  const holders = new Set<string>()

  const chatOf = (place: string) => place.slice(0, uuidLength)
  const callerOf = (place: string) => ({
    ...known,
    actor: known.actor + place.slice(uuidLength),
    chatId: chatOf(place),
    arrivedAt: performance.now(),
  })
  const whoseCall = (place: string) => ({
    chatId: chatOf(place),
    actor: actor ?? undefined,
    tenant: known.tenant || undefined,
  })

  async function make(place: string, action: TypingRequest['action'], signal: AbortSignal): Promise<Outcome> {
    // A client that can't be made takes no lease.
    await getLinq()
    const makeCall = callsIn(callerOf(place))
    if (leases === undefined) {
      await makeCall(action, signal)
      return 'made'
    }
    if (action === 'start') holders.add(place)
    else holders.delete(place)
    const caller = callerOf(place)
    return action === 'start' ? leases.start(caller, makeCall, signal) : leases.stop(caller, makeCall)
  }

  /** Linq's own limit applies to the whole token, whoever hit it. */
  async function keepQuiet(place: string): Promise<void> {
    const retryAfter = Math.ceil(await limits.quiet(known.tenant))
    if (retryAfter === 0) return
    const whose = whoseCall(place)
    oncePerChat(whose.chatId, (count) =>
      tell(onEvent, { type: 'limited', by: 'linq', action: 'start', retryAfter, count, ...whose }),
    )
    throw new TypingError({ reason: 'rate-limited', retryAfter })
  }

  return {
    placeOf: (chatId) => chatId.toLowerCase() + (hub == null ? '' : newWork()),

    async fetcher({ chatId: place, action, signal }) {
      if (action === 'start') await keepQuiet(place)
      const whose = whoseCall(place)
      const beganAt = performance.now()
      try {
        const outcome = await make(place, action, signal)
        if (outcome === 'made')
          tell(onEvent, { type: 'forwarded', action, duration: performance.now() - beganAt, ...whose })
        if (outcome === 'withheld') tell(onEvent, { type: 'withheld', ...whose })
      } catch (thrown) {
        const error = toLinqError(thrown)
        const { reason, status, code, traceId } = error
        tell(onError, thrown, whose.chatId)
        tell(onEvent, { type: 'failed', action, reason, status, code, traceId, ...whose })
        throw error
      }
    },

    async sent(place) {
      // Not through hub.sent: the hub hearing of this work's messages doesn't mean that it hears of people's.
      if (holders.delete(place)) await store.clear(callerOf(place), { age: 0 })
    },

    async leave(place) {
      if (holders.delete(place)) await leases?.leave(callerOf(place), callsIn(callerOf(place)))
    },
  }
}
