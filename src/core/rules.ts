import { callerWait, type Caller } from './caller.js'
import type { Call, Chat, Input, Message } from './chat.js'
import { maxAge, minAge, monotonicAge, type Moment } from './clock.js'
import type { TypingPolicy } from './policy.js'
import { isLimit, longestLeft, timeLeft } from './waits.js'

/** What a pass over a chat reads besides the chat. It doesn't change during the pass. */
export interface Pass {
  readonly now: Moment
  readonly policy: TypingPolicy
  readonly caller: Readonly<Caller>
  /** Whether the provider is gone: what is owed is sent now or never. */
  readonly isClosed: boolean
}

export function isComposing({ editedAt }: Input, { now, policy }: Pass): boolean {
  return editedAt !== null && maxAge(editedAt, now) < policy.idleTimeout
}

/** Whether someone is composing in the chat. */
export function isTyping(chat: Chat, pass: Pass): boolean {
  for (const input of chat.inputs) if (isComposing(input, pass)) return true
  return false
}

/** Whether someone who is still composing made an edit that no pass has looked at yet. */
function isAsking(chat: Chat, pass: Pass): boolean {
  for (const input of chat.inputs) if (input.isAsking && isComposing(input, pass)) return true
  return false
}

/** Whether someone is composing, the bubble is on, and one more edit changes nothing. */
export function isSteady(chat: Chat, input: Input, pass: Pass): boolean {
  return (
    isComposing(input, pass) &&
    chat.call === null &&
    chat.error === null &&
    chat.messages.length === 0 &&
    !isStartDue(chat, pass)
  )
}

/** The call that is due when none is on its way: the difference between what is wanted and what is believed. */
export function dueCall(chat: Chat, pass: Pass): Call['action'] | null {
  if (!isTyping(chat, pass)) return isStopDue(chat, pass) ? 'stop' : null
  const isAsked = chat.owesCorrection || (isAsking(chat, pass) && isStartDue(chat, pass))
  return isAsked && !chat.isRefused && startWait(chat, pass) === 0 ? 'start' : null
}

/** Whether a start was accepted and hasn't run out. */
export function isAccepted({ bubble: { acceptedAt } }: Chat, { now, policy }: Pass): boolean {
  return acceptedAt !== null && maxAge(acceptedAt, now) < policy.minLifetime
}

/** Whether a message on its way clears the bubble of a start sent at this tick. */
export function clears(chat: Chat, tick: number): boolean {
  return chat.messages.some((message) => tick < message.tick)
}

/** Whether an edit needs a start: the bubble may be off, a message is about to clear it, or it is time to refresh. */
export function isStartDue(chat: Chat, pass: Pass): boolean {
  const { belief, acceptedAt, sentTick } = chat.bubble
  if (belief !== 'on' || acceptedAt === null || clears(chat, sentTick)) return true
  return maxAge(acceptedAt, pass.now) >= pass.policy.refreshInterval
}

/** How long a start has to wait, in ms: for the chat's own failures, or for the caller's. */
export function startWait(chat: Chat, { now, policy, caller }: Pass): number {
  return Math.max(timeLeft(chat.startWait, now), callerWait(caller, now, policy.timeout))
}

/** Whether there may be a bubble left to end. One that a message should have cleared is ended only if asked for. */
function mayBeOn(chat: Chat, pass: Pass): boolean {
  return mayLast(chat, pass) && (chat.bubble.belief !== 'cleared' || chat.stopForcedTick > 0)
}

/** Whether there was a bubble whose longest lifetime has not run out. */
function mayLast({ bubble: { landedAt } }: Chat, { now, policy }: Pass): boolean {
  return landedAt !== null && minAge(landedAt, now) < policy.maxLifetime
}

export function isStopOwed(chat: Chat, pass: Pass): boolean {
  return !chat.isRefused && chat.stopsLeft > 0 && mayBeOn(chat, pass)
}

/** Whether to send a stop now that nobody is composing. */
export function isStopDue(chat: Chat, pass: Pass): boolean {
  if (!isStopOwed(chat, pass)) return false
  const isLast = isOverdue(chat, pass)
  if (isLeftToMessage(chat, pass) && !isLast) return false
  // Now or never: only a limit is kept.
  const waits = pass.isClosed || isLast ? chat.stopWaits.filter(isLimit) : chat.stopWaits
  return longestLeft(waits, pass.now) === 0
}

/** Whether a message is about to clear the bubble, so that a stop would only take it away too early. */
function isLeftToMessage(chat: Chat, pass: Pass): boolean {
  const { sentTick, settledTick } = chat.bubble
  // Once closed, nothing checks again when the window ends, so the message has to be sure to clear it.
  const tick = Math.max(pass.isClosed ? settledTick : sentTick, chat.stopForcedTick)
  return chat.messages.some(
    (message) => tick < message.tick && (message.acceptedAt !== null || pendingTime(message, pass) > 0),
  )
}

/** How long a message that is still being sent keeps the bubble, in ms: the idle time goes on from its last edit. */
function pendingTime({ editedAt }: Message, { now, policy }: Pass): number {
  return policy.idleTimeout - maxAge(editedAt, now)
}

/** How long an accepted message may still take to arrive, in ms. */
function windowTime({ acceptedAt }: Message, { now, policy }: Pass): number {
  return acceptedAt === null ? Infinity : policy.deliveryWindow - monotonicAge(acceptedAt, now)
}

/** The messages that have arrived by now: all together, when the last of overlapping windows closes. */
export function deliveredMessages(chat: Chat, pass: Pass): Message[] {
  const accepted = chat.messages.filter(({ acceptedAt }) => acceptedAt !== null)
  return accepted.every((message) => windowTime(message, pass) <= 0) ? accepted : []
}

/** How long after a correction for somebody else's message the next is due at the earliest, in ms. */
export const correctionInterval = 10_000

/**
 * How long the window of messages from others stays open, in ms. While a colleague sends message after message, the
 * correction waits no longer than until the next one would be due.
 */
export function toldWindowTime({ told }: Chat, { now, policy }: Pass): number {
  if (told === null) return 0
  const { firstAt, lastAt } = told
  return Math.min(
    policy.deliveryWindow - monotonicAge(lastAt, now),
    correctionInterval - monotonicAge(firstAt, now),
  )
}

/** Whether the last message that the feed told of may still arrive, and clear the bubble. */
export function mayToldArrive({ told }: Chat, { now, policy }: Pass): boolean {
  return told !== null && monotonicAge(told.lastAt, now) < policy.deliveryWindow
}

/** Whether the feed may still report one of this page's own messages. */
export function mayBeTold({ sentAt }: Message, { now, policy }: Pass): boolean {
  return monotonicAge(sentAt, now) < policy.maxLifetime
}

/** How long a chat without inputs may still make calls, in ms; `Infinity` while it has inputs. */
function timeToObligationsEnd({ inputs, leftAt }: Chat, { now, policy }: Pass): number {
  return inputs.size > 0 ? Infinity : policy.timeout + policy.deliveryWindow - maxAge(leftAt, now)
}

/** Whether a chat without inputs has come to the end of its obligations: what it still owes is sent now or never. */
export function isOverdue(chat: Chat, pass: Pass): boolean {
  return timeToObligationsEnd(chat, pass) <= 0
}

/** Whether the chat still has something to do, or to wait for. */
export function isBusy(chat: Chat, pass: Pass): boolean {
  if (chat.inputs.size > 0 || chat.call !== null) return true
  if (isOverdue(chat, pass)) return false
  const mayReconnect = chat.stopWaits.some(({ reason }) => reason === 'offline') && mayBeOn(chat, pass)
  return isStopOwed(chat, pass) || mayReconnect || chat.messages.length > 0
}

/** Whether a chat without inputs remembers nothing that matters to someone who comes back. */
export function isForgettable(chat: Chat, pass: Pass): boolean {
  const { now } = pass
  const { messages, untold, startWait, stopWaits } = chat
  return (
    !isBusy(chat, pass) &&
    timeLeft(startWait, now) === 0 &&
    longestLeft(stopWaits, now) === 0 &&
    !mayLast(chat, pass) &&
    !mayToldArrive(chat, pass) &&
    now.monotonic - chat.correctedAt >= correctionInterval &&
    ![...messages, ...untold].some((message) => mayBeTold(message, pass))
  )
}

/** Milliseconds until the passing of time may change the answer of one of these rules. */
export function timeToNextChange(chat: Chat, pass: Pass): number {
  const { now, policy } = pass
  const changes = [
    timeToObligationsEnd(chat, pass),
    isTyping(chat, pass) ? startWait(chat, pass) : 0,
    isStopOwed(chat, pass) ? longestLeft(chat.stopWaits, now) : 0,
    chat.bubble.acceptedAt === null ? 0 : policy.minLifetime - maxAge(chat.bubble.acceptedAt, now),
  ]
  for (const { editedAt } of chat.inputs)
    if (editedAt !== null) changes.push(policy.idleTimeout - maxAge(editedAt, now))
  for (const message of chat.messages)
    changes.push(message.acceptedAt === null ? pendingTime(message, pass) : windowTime(message, pass))
  changes.push(toldWindowTime(chat, pass), chat.correctionAt - now.monotonic)
  // What is already over changes nothing more.
  return Math.min(...changes.filter((left) => left > 0))
}
