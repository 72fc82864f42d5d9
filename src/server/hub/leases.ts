import { fields } from '../../core/fields.js'
import type { TypingRequest } from '../../core/typingFetcher.js'
import { linqFailures } from '../../linq/failures.js'
import { linqPolicy } from '../../linq/policy.js'
import { toLinqError } from '../linqError.js'
import type { GuardedStore } from './guardedStore.js'
import type { Departure, StoredChat } from './typingStore.js'

/** Whose call it is. Without an actor, people can't be told apart, and no lease is held. */
export interface Caller extends StoredChat {
  readonly actor: string | undefined
  readonly name?: string | undefined
  /** When the call came, by `performance.now()`. */
  readonly arrivedAt: number
}

/**
 * Makes one call to Linq in the caller's chat; rejects with a `TypingError`.
 *
 * @param signal ends it early.
 */
export type MakeCall = (action: TypingRequest['action'], signal?: AbortSignal) => Promise<void>

/** What became of a call: it was made; the same actor had already made a newer one; or somebody else is still typing. */
export type Outcome = 'made' | 'outdated' | 'withheld'

export interface LeaseListeners {
  /** Called when a withheld stop has been sent because nobody holds a lease any more. */
  onLapse: (chat: StoredChat) => void
  /** Called each time that fails, with the reason. */
  onFailure: (error: unknown) => void
  /** Called when a stop would have been withheld if the hub had ever been told of a message. */
  onNeverTold: () => void
}

export interface Leases {
  /** Makes a start, and takes a lease for it. */
  start: (caller: Caller, makeCall: MakeCall, signal?: AbortSignal) => Promise<Outcome>
  /** Gives the lease back, and makes the stop if nobody else holds one. */
  stop: (caller: Caller, makeCall: MakeCall) => Promise<Outcome>
  /** Gives the lease back if no bubble was begun. If the chat owes a stop and nobody else holds a lease, makes that stop. */
  leave: (caller: Caller, makeCall: MakeCall) => Promise<void>
}

const { minLifetime, maxLifetime } = linqPolicy
const leaseOptions = { lifetime: minLifetime, max: 20 }
/** How long to wait before asking a store again that could not give a chat's state, in milliseconds. */
const storePause = 5_000
/** The most tries to make an owed stop. */
const mostTries = 18
/** For how many tenants a process remembers by itself that the hub is told of messages. */
const mostTenants = 1_000

/** The fact that the host tells the hub of a tenant's messages. */
export const toldOfMessages = (tenant: string): string => `told-of-messages\n${tenant}`

/** Lets the last person typing in a chat turn off the bubble. Linq itself can't tell people apart. */
export function createLeases(
  store: GuardedStore,
  { onLapse, onFailure, onNeverTold }: LeaseListeners,
): Leases {
  /** The chats of withheld stops, each with the timer for its last lease. */
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const told = new Set<string>()

  async function start(caller: Caller, makeCall: MakeCall, signal?: AbortSignal): Promise<Outcome> {
    const { actor } = caller
    const isHeld = actor !== undefined && (await store.take({ ...caller, actor }, leaseOptions))
    if (isHeld === 'stale') return 'outdated'
    const isTooLate = signal?.aborted === true
    try {
      await makeCall('start', signal)
    } catch (error) {
      // A store that didn't answer may have taken the lease, or take it yet.
      if (isHeld !== false && (isTooLate || isRefused(error))) await leave(caller, makeCall)
      throw error
    }
    return 'made'
  }

  async function stop(caller: Caller, makeCall: MakeCall): Promise<Outcome> {
    const mayWithhold = await knowsMessages(caller)
    const departure = await store.giveBack(caller, { owes: mayWithhold ? maxLifetime : 0 })
    if (departure?.isStale === true) return 'outdated'
    if (departure !== undefined && departure.others > 0 && mayWithhold) {
      payLater(caller, makeCall, departure.lapsesIn)
      return 'withheld'
    }
    await makeStop(caller, makeCall, departure?.takes)
    if (departure !== undefined && departure.others > 0) onNeverTold()
    return 'made'
  }

  /** Makes a stop, and then one start if somebody began to type while it was under way. */
  async function makeStop(chat: StoredChat, makeCall: MakeCall, takes: number | undefined): Promise<void> {
    try {
      await makeCall('stop')
    } catch (error) {
      if (takes !== undefined && mayHaveLanded(error)) {
        const departure = await look(chat)
        if (departure !== undefined && departure.others > 0 && departure.takes > takes)
          await startAgain(chat, makeCall)
      }
      throw error
    }
    if (takes !== undefined && (await store.settle(chat, takes)) === true) await startAgain(chat, makeCall)
  }

  async function startAgain(chat: StoredChat, makeCall: MakeCall): Promise<void> {
    if (((await store.quiet(chat.tenant)) ?? 0) > 0) return
    // If it fails, their next refresh makes up for it.
    await makeCall('start').catch(() => undefined)
    // Their own stop may have overtaken it.
    const departure = await look(chat)
    if (departure?.others === 0) await makeStop(chat, makeCall, departure.takes)
  }

  /** Reads a chat's state, and changes nothing. */
  function look({ tenant, chatId }: StoredChat): Promise<Departure | undefined> {
    return store.giveBack({ tenant, chatId, arrivedAt: performance.now() }, { owes: 0 })
  }

  async function leave(caller: Caller, makeCall: MakeCall): Promise<void> {
    const settleUp = ({ isOwed, others }: Departure) => {
      if (isOwed && others === 0) payLater(caller, makeCall, 0)
    }
    const departure = await store.giveBack(caller, { owes: 0 }, settleUp)
    if (departure !== undefined) settleUp(departure)
  }

  /** Sends a stop that was withheld once the last lease has lapsed. One timer per chat, in the process that withheld. */
  function payLater(chat: StoredChat, makeCall: MakeCall, wait: number, failures = 0): void {
    const key = `${chat.tenant}\n${chat.chatId}`
    clearTimeout(timers.get(key))
    const timer = setTimeout(() => {
      timers.delete(key)
      void pay(chat, makeCall, failures)
    }, Math.ceil(wait))
    // It must not keep a process alive that has nothing else to do.
    ;(timer as { unref?: () => void }).unref?.()
    timers.set(key, timer)
  }

  async function pay(chat: StoredChat, makeCall: MakeCall, failures: number): Promise<void> {
    const departure = await look(chat)
    if (departure === undefined && failures < mostTries) payLater(chat, makeCall, storePause, failures + 1)
    if (departure?.isOwed !== true) return
    if (departure.others > 0) {
      payLater(chat, makeCall, departure.lapsesIn)
      return
    }
    try {
      await makeStop(chat, makeCall, departure.takes)
      onLapse(chat)
    } catch (error) {
      onFailure(error)
      const known = toLinqError(error)
      if (!known.isFinal) payLater(chat, makeCall, linqFailures.waitAfter(known, failures + 1), failures + 1)
    }
  }

  async function knowsMessages({ tenant }: StoredChat): Promise<boolean> {
    if (told.has(tenant)) return true
    const isTold = (await store.knows(toldOfMessages(tenant))) === true
    if (isTold && told.size < mostTenants) told.add(tenant)
    return isTold
  }

  return { start, stop, leave }
}

/** Whether nobody knows what became of a call: no answer, a gateway that gave up on it, or a web page in the answer's place. */
function mayHaveLanded(error: unknown): boolean {
  const { status, reason } = toLinqError(error)
  return status === undefined || status < 300 || status === 504 || reason === 'timeout'
}

/** Whether a start is known not to have landed. A web page with status 200 may hide one that did. */
function isRefused(error: unknown): boolean {
  // By its fields, because another copy of this package has another class.
  const { status, reason } = fields(error)
  return reason !== 'timeout' && typeof status === 'number' && status >= 300 && status < 500
}
