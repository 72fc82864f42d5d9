import type { Call, Wait } from './chat.js'
import type { Moment } from './clock.js'
import type { OutcomeContext } from './outcome.js'
import type { TypingError } from './typingError.js'
import { longer, timeLeft, waitFor } from './waits.js'

/** The caller that all chats of a provider share, as far as the answers show. */
export interface Caller {
  /** How many calls in a row were answered with "unauthorized", and how long every chat has to wait because of it. */
  failures: number
  wait: Wait | null
  /** Whether a call was answered with "unauthorized", and no later call has been accepted. */
  isDoubtful: boolean
  /** The tick at which that answer came. */
  refusedTick: number
  /** The tick of the last reset. */
  resetTick: number
  /** How many starts are on their way, and when the last of them left. */
  underWay: number
  lastSentAt: Moment
}

export function createCaller(now: Moment): Caller {
  return {
    failures: 0,
    wait: null,
    isDoubtful: false,
    refusedTick: 0,
    resetTick: 0,
    underWay: 0,
    lastSentAt: now,
  }
}

/** How long every chat has to wait for the caller, in ms. A caller in doubt is tried with one start at a time. */
export function callerWait(caller: Caller, now: Moment, timeout: number): number {
  const trial = { since: caller.lastSentAt, duration: timeout }
  return timeLeft(caller.wait, now) || (caller.isDoubtful && caller.underWay > 0 ? timeLeft(trial, now) : 0)
}

/**
 * Notes the outcome of a call.
 *
 * @returns whether this may change what other chats are allowed to do.
 */
export function settleCaller(
  caller: Caller,
  call: Call,
  error: TypingError | null,
  context: OutcomeContext,
): boolean {
  const wasDoubtful = caller.isDoubtful
  if (call.action === 'start') caller.underWay--
  if (error === null && call.tick > caller.refusedTick) {
    caller.isDoubtful = false
    forgive(caller)
  } else if (error?.reason === 'unauthorized' && call.tick > caller.resetTick && !isExpected(caller, call)) {
    caller.isDoubtful = true
    caller.refusedTick = context.tick
    caller.failures++
    caller.wait = longer(caller.wait, waitFor(error, caller.failures, context), context.now)
  }
  return wasDoubtful || caller.isDoubtful
}

/** Whether a call was a stop sent after the 401. Stops are still sent then; only a start tries the caller. */
function isExpected({ failures, refusedTick }: Caller, { action, tick }: Call): boolean {
  return action === 'stop' && failures > 0 && tick > refusedTick
}

/** Ends the wait, whatever comes of earlier calls. Until a call is accepted, starts still go one at a time. */
export function resetCaller(caller: Caller, tick: number): void {
  caller.resetTick = tick
  forgive(caller)
}

function forgive(caller: Caller): void {
  caller.failures = 0
  caller.wait = null
}
