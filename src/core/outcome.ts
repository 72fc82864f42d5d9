import { type Call, type Chat, type Message, stopTries } from './chat.js'
import type { Moment } from './clock.js'
import type { TypingError, TypingErrorReason } from './typingError.js'
import type { FailurePolicy } from './typingService.js'
import { afterReconnect, afterWake, longer, timeLeft, waitFor } from './waits.js'

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
  chat.failures = {}
  chat.error = null
}

function fail(chat: Chat, { action }: Call, error: TypingError, context: OutcomeContext): void {
  const { now } = context
  const { reason, isFinal } = error
  if (!isRepeated(chat.error, error)) chat.error = error
  if (isFinal) {
    chat.isRefused = true
    return
  }
  // Every chat waits for a caller who is not recognised: a start needs no wait of its own, and the chat is not to blame.
  const isCallers = reason === 'unauthorized'
  if (isCallers && action === 'start') return
  const failures = isCallers ? 1 : countFailure(chat, action, reason)
  const wait = waitFor(error, failures, context)
  if (action === 'start') chat.startWait = longer(chat.startWait, wait, now)
  else chat.stopWaits = [...chat.stopWaits.filter((running) => timeLeft(running, now) > 0), wait]
}

/** Which failures make each other's waits longer; all others are refusals. */
const families: Partial<Record<TypingErrorReason, string>> = {
  server: 'outage',
  network: 'outage',
  timeout: 'outage',
  offline: 'outage',
  busy: 'busy',
  'rate-limited': 'limit',
}

/** @returns how many calls failed like this in a row. What failed stops, or for another reason, makes no start wait longer. */
function countFailure({ failures }: Chat, action: Call['action'], reason: TypingErrorReason): number {
  const kind = `${action} ${families[reason] ?? 'refusal'}`
  return (failures[kind] = (failures[kind] ?? 0) + 1)
}

/** Whether a failure says the same as the one before it. */
function isRepeated(known: TypingError | null, error: TypingError): boolean {
  return (
    known?.reason === error.reason &&
    known.status === error.status &&
    known.code === error.code &&
    known.isFinal === error.isFinal &&
    known.isSetupMistake === error.isSetupMistake
  )
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

/** The network is back: a wait for it ends `soonest` ms after its failure. */
export function endOfflineWaits(chat: Chat, soonest: number): void {
  chat.startWait = afterReconnect(chat.startWait, soonest)
  chat.stopWaits = chat.stopWaits.map((wait) => afterReconnect(wait, soonest))
}

/** Forgets every failure of a chat and its consequences. */
export function resetChat(chat: Chat): void {
  chat.failures = {}
  chat.startWait = null
  chat.stopWaits = []
  chat.error = null
  chat.isRefused = false
}

/** Forgets what doesn't outlast leaving a chat: a final refusal, so that the next edit tries again, and an error whose wait is over. */
export function forgetFailure(chat: Chat, startWait: number): void {
  if (startWait === 0 || chat.isRefused) chat.error = null
  if (chat.isRefused) chat.stopsLeft = 0
  chat.isRefused = false
}
