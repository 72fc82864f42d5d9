import { type Call, type Chat, type Message, stopTries } from './chat.js'
import type { Moment } from './clock.js'
import type { TypingError } from './typingError.js'
import type { FailurePolicy } from './typingService.js'
import { afterWake, longer, timeLeft } from './waits.js'

/** When an outcome came, and what it means. */
export interface OutcomeContext extends Pick<FailurePolicy, 'waitAfter'> {
  readonly now: Moment
  readonly tick: number
}

/** Updates a chat with the outcome of its call: `null` if it was accepted. */
export function settleCall(chat: Chat, call: Call, error: TypingError | null, context: OutcomeContext): void {
  chat.call = null
  if (error === null || mayHaveLanded(error)) {
    if (call.action === 'start') started(chat, call, error === null, context)
    else stopped(chat, error === null)
  }
  if (error === null) succeed(chat, call)
  else fail(chat, call, error, context)
}

function started(chat: Chat, call: Call, isAccepted: boolean, { now, tick }: OutcomeContext): void {
  const { bubble } = chat
  bubble.belief = isAccepted && !call.isWiped ? 'on' : 'unknown'
  if (isAccepted) {
    bubble.acceptedAt = call.sentAt
    bubble.acceptedTick = call.tick
    if (chat.stopForcedTick < call.tick) chat.stopForcedTick = 0
  }
  bubble.landedAt = now
  bubble.sentTick = call.tick
  bubble.settledTick = isAccepted ? tick : Infinity
}

function stopped({ bubble }: Chat, isAccepted: boolean): void {
  if (isAccepted) bubble.acceptedAt = bubble.landedAt = null
  if (isAccepted) bubble.belief = 'off'
  else if (bubble.belief === 'on') bubble.belief = 'unknown'
}

function succeed(chat: Chat, { action }: Call): void {
  if (action === 'start') chat.startWait = null
  chat.failures = 0
  chat.error = null
}

function fail(chat: Chat, { action }: Call, error: TypingError, { now, waitAfter }: OutcomeContext): void {
  const { reason, status, code, isFinal } = error
  const known = chat.error
  if (known?.reason !== reason || known.status !== status || known.code !== code) chat.error = error
  if (isFinal) {
    chat.isRefused = true
    return
  }
  // Every chat waits for a caller who is not recognised: a start needs no wait of its own, and the chat is not to blame.
  const isCallers = reason === 'unauthorized'
  if (isCallers && action === 'start') return
  const wait = { since: now, duration: waitAfter(error, isCallers ? 1 : ++chat.failures), reason }
  if (action === 'start') chat.startWait = longer(chat.startWait, wait, now)
  else chat.stopWaits = [...chat.stopWaits.filter((running) => timeLeft(running, now) > 0), wait]
}

/** Whether a failed call may have taken effect anyway: nobody who would know answered. */
function mayHaveLanded({ reason, status }: TypingError): boolean {
  if (reason === 'network' || reason === 'timeout' || reason === 'offline') return true
  return status === 504 || (status !== undefined && status < 300)
}

/** Updates a chat with a message that has arrived by now. */
export function deliver(chat: Chat, message: Message): void {
  const { bubble, call } = chat
  chat.messages = chat.messages.filter((other) => other !== message)
  if (call?.action === 'start') call.isWiped = true
  if (bubble.acceptedTick < message.tick) bubble.acceptedAt = null
  if (bubble.belief === 'off') return
  // It surely clears the bubble of a start that was answered before it was sent. Any other may have landed later.
  if (bubble.settledTick < message.tick) {
    bubble.belief = 'cleared'
    if (chat.stopForcedTick < message.tick) chat.stopForcedTick = 0
  } else if (bubble.belief === 'on') bubble.belief = 'unknown'
}

/** Lets failed stops be tried again. Only limits, and `soonest` ms for a network, still hold them back. */
export function allowStops(chat: Chat, soonest: number): void {
  chat.stopsLeft = stopTries
  chat.stopWaits = afterWake(chat.stopWaits, soonest)
}

/** Forgets every failure of a chat and its consequences. */
export function resetChat(chat: Chat): void {
  chat.failures = 0
  chat.startWait = null
  chat.stopWaits = []
  chat.error = null
  chat.isRefused = false
}

/** Lets a reopened chat be tried again, by the next edit. */
export function forgetRefusal(chat: Chat): void {
  if (!chat.isRefused) return
  chat.isRefused = false
  chat.error = null
  chat.stopsLeft = 0
}
