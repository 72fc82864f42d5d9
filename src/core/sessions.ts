import { createCaller, resetCaller } from './caller.js'
import { readClock } from './clock.js'
import type { TypingPolicy } from './policy.js'
import { readFailure } from './readFailure.js'
import { runSafely } from './runSafely.js'
import { createSession, type Session } from './session.js'
import type { PageState, SessionWorld } from './sessionWorld.js'
import { TypingError } from './typingError.js'
import type { TypingFetcher } from './typingFetcher.js'
import type { TypingInput, TypingInputOptions } from './typingInput.js'
import type { FailurePolicy, TypingRefusal } from './typingService.js'
import { idleState, type TypingState } from './typingState.js'

export interface TypingSessionsOptions {
  fetcher: TypingFetcher
  /** How long things last; read whenever a duration is needed. */
  policy: () => TypingPolicy
  /** What failures mean; read whenever one comes. */
  failures: () => FailurePolicy
  /** Whether the browser thinks that it is online. It names failures `offline`, and stops no call. @default always */
  isOnline?: (() => boolean) | undefined
  /** Called for each failed call. */
  onFailure?: ((error: TypingError) => void) | undefined
  /** Called when a chat without inputs has nothing more to do. */
  onRested?: ((chatId: string) => void) | undefined
}

/** The sessions of one provider, one per chat. */
export interface TypingSessions {
  /** Adds an input to a chat. It sends nothing by itself. */
  join: (chatId: string, options?: TypingInputOptions) => TypingInput
  /** Acts in a chat through an input that leaves at once. It opens nothing that is closed. */
  visit: (chatId: string, act: (guest: TypingInput) => void) => void
  /** What is known about a chat; the same object until something changes. */
  state: (chatId: string) => TypingState
  subscribe: (chatId: string, listener: () => void) => () => void
  stop: (chatId: string) => void
  reset: (chatId: string) => void
  /**
   * A feed reported a message that our side sent in the chat. Unless `isOthers`, it may be this page's own message, already
   * known from `sent`. A message from others may clear the bubble: anyone still composing corrects that once it has arrived.
   */
  messageTold: (chatId: string, isOthers?: boolean) => void
  /** Hiding or leaving the page ends what is being composed, once. Later edits count, except in a page that was left. */
  setPage: (state: PageState) => void
  /** The network is back. */
  reconnect: () => void
  /** The machine is back. */
  wake: () => void
  /** How many chats have inputs, or something left to do. */
  size: () => number
  /** How many other chats are remembered, because a wait still runs or a message may still arrive. */
  remembered: () => number
  /** Sends what is owed, once, and leaves no timer; an input that joins afterwards opens its chat again. */
  close: () => void
}

export function createTypingSessions(options: TypingSessionsOptions): TypingSessions {
  const { failures, isOnline, onRested } = options
  const sessions = new Map<string, Session>()
  /** Chats without inputs that are still remembered. */
  const atRest = new Set<string>()
  const listeners = new Map<string, Set<() => void>>()
  // No start is on its way yet, so any moment will do.
  const caller = createCaller({ monotonic: 0, wall: 0 })
  let page: PageState = 'visible'
  let isClosed = false
  let ticks = 0
  const world: SessionWorld = {
    ...options,
    caller,
    read,
    page: () => page,
    nextTick: () => ++ticks,
    isClosed: () => isClosed,
    onCallerChange: () => each((session) => session.reconcile()),
  }

  function read(thrown: unknown): TypingError {
    const error = readFailure(thrown, readRefusal)
    const { reason, status, cause } = error
    const isUnanswered = status === undefined && (reason === 'network' || reason === 'timeout')
    return isUnanswered && isOnline?.() === false ? new TypingError({ reason: 'offline', cause }) : error
  }

  /** Reads a refusal as the service does. One that it fails to read is no answer. */
  function readRefusal(refusal: TypingRefusal): TypingError {
    const error = runSafely(() => failures().readRefusal(refusal))
    return error instanceof Error ? error : new TypingError({ reason: 'network', cause: refusal.cause })
  }

  function each(visit: (session: Session) => void): void {
    for (const session of [...sessions.values()]) visit(session)
  }

  function sweep(): void {
    for (const chatId of atRest)
      if (sessions.get(chatId)?.isForgettable() !== false) {
        atRest.delete(chatId)
        sessions.delete(chatId)
      }
  }

  function open(chatId: string): Session {
    const notify = () => {
      for (const listener of [...(listeners.get(chatId) ?? [])]) listener()
    }
    const session = createSession(chatId, world, notify, () => {
      atRest.add(chatId)
      onRested?.(chatId)
      sweep()
    })
    sessions.set(chatId, session)
    return session
  }

  function enter(chatId: string, options: TypingInputOptions = {}): TypingInput {
    sweep()
    atRest.delete(chatId)
    return (sessions.get(chatId) ?? open(chatId)).join(options)
  }

  return {
    join(chatId, options) {
      // Every chat resumes what was under way, or its unanswered call would hold back the others.
      if (isClosed) {
        isClosed = false
        caller.lastSentAt = readClock()
        each((session) => session.open())
      }
      return enter(chatId, options)
    },
    visit(chatId, act) {
      const guest = enter(chatId)
      act(guest)
      guest.leave()
    },
    state: (chatId) => sessions.get(chatId)?.state() ?? idleState,
    subscribe(chatId, listener) {
      const known = listeners.get(chatId) ?? new Set()
      listeners.set(chatId, known.add(listener))
      return () => {
        known.delete(listener)
        if (known.size === 0 && listeners.get(chatId) === known) listeners.delete(chatId)
      }
    },
    stop: (chatId) => sessions.get(chatId)?.stop(),
    reset(chatId) {
      resetCaller(caller, world.nextTick())
      sessions.get(chatId)?.reset()
      world.onCallerChange()
    },
    messageTold(chatId, isOthers = false) {
      // Feeds give ids in lower case; apps may not.
      const told = chatId.toLowerCase()
      for (const [id, session] of sessions) if (id.toLowerCase() === told) session.messageTold(isOthers)
    },
    setPage(state) {
      const isBack = state === 'visible' && page !== 'visible'
      page = state
      if (isBack) each((session) => session.wake())
      else if (state !== 'visible') each((session) => session.end())
    },
    reconnect: () => each((session) => session.reconnect()),
    wake: () => each((session) => session.wake()),
    size: () => sessions.size - atRest.size,
    remembered() {
      sweep()
      return atRest.size
    },
    close() {
      isClosed = true
      each((session) => session.close())
    },
  }
}
