import { createCallerHold } from './callerHold.js'
import { type Clock, createNow, systemClock } from './clock.js'
import type { TypingPolicy } from './policy.js'
import { createSession, type Session } from './session.js'
import type { SessionWorld } from './sessionWorld.js'
import type { TypingFetcher } from './typingFetcher.js'
import type { TypingInput, TypingInputOptions } from './typingInput.js'
import { idleState, type TypingState } from './typingState.js'

export interface TypingSessionsOptions {
  fetcher: TypingFetcher
  /** Read whenever a duration is needed. */
  policy: () => TypingPolicy
  /** @default always online */
  isOnline?: (() => boolean) | undefined
  /** @default the global clocks and timers */
  clock?: Clock | undefined
}

/** The sessions of one provider, one per chat. */
export interface TypingSessions {
  /** Adds an input to a chat. It sends nothing by itself. */
  join: (chatId: string, options?: TypingInputOptions) => TypingInput
  /** What is known of a chat; the same object until something changes. */
  state: (chatId: string) => TypingState
  subscribe: (chatId: string, listener: () => void) => () => void
  stop: (chatId: string) => void
  reset: (chatId: string) => void
  /** The page was hidden or shown: while it is hidden nobody composes. */
  setHidden: (isHidden: boolean) => void
  /** The network, the page or the clock may have changed. */
  wake: () => void
  /** How many chats have a session. */
  size: () => number
  /** Sends what is owed, once, and leaves no timer; an input that joins afterwards opens its chat again. */
  close: () => void
}

export function createTypingSessions({
  fetcher,
  policy,
  isOnline = () => true,
  clock = systemClock,
}: TypingSessionsOptions): TypingSessions {
  const sessions = new Map<string, Session>()
  const listeners = new Map<string, Set<() => void>>()
  const now = createNow(clock)
  let isHidden = false
  let isClosed = false
  const world: SessionWorld = {
    clock,
    now,
    caller: createCallerHold(now),
    policy,
    fetcher,
    isOnline,
    isHidden: () => isHidden,
    isClosed: () => isClosed,
    onCallerChange: () => each((session) => session.look()),
  }

  function each(visit: (session: Session) => void): void {
    for (const session of [...sessions.values()]) visit(session)
  }

  function open(chatId: string): Session {
    const notify = () => {
      for (const listener of [...(listeners.get(chatId) ?? [])]) listener()
    }
    const session = createSession(chatId, world, notify, () => {
      if (sessions.get(chatId) !== session) return
      sessions.delete(chatId)
      notify()
    })
    sessions.set(chatId, session)
    return session
  }

  return {
    join(chatId, options = {}) {
      // What was left under way in any chat goes on, or its unanswered call would hold back the others.
      if (isClosed) {
        isClosed = false
        each((session) => session.open())
      }
      return (sessions.get(chatId) ?? open(chatId)).join(options)
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
    reset: (chatId) => sessions.get(chatId)?.reset(),
    setHidden(hidden) {
      isHidden = hidden
      each((session) => (hidden ? session.end() : session.wake()))
    },
    wake: () => each((session) => session.wake()),
    size: () => sessions.size,
    close() {
      isClosed = true
      each((session) => session.close())
    },
  }
}
