import { callerWait, type Caller } from './caller.js'
import type { Chat, Message, Wish } from './chat.js'
import { maxAge, minAge, monotonicAge, type Moment } from './clock.js'
import type { TypingPolicy } from './policy.js'
import type { TypingStatus } from './typingState.js'
import { isLimit, longestLeft, timeLeft } from './waits.js'

/** What a pass over a chat reads beside the chat; it does not change while the pass lasts. */
export interface Pass {
  readonly now: Moment
  readonly policy: TypingPolicy
  readonly caller: Readonly<Caller>
  /** Whether the provider is gone: what is owed is sent now or never. */
  readonly isClosed: boolean
}

export function isComposing({ editedAt }: Wish, { now, policy }: Pick<Pass, 'now' | 'policy'>): boolean {
  return editedAt !== null && maxAge(editedAt, now) < policy.idleTimeout
}

/** Whether somebody composes in the chat. */
export function isTyping(chat: Chat, pass: Pass): boolean {
  for (const wish of chat.wishes) if (isComposing(wish, pass)) return true
  return false
}

/** Whether an edit of somebody who still composes waits to be looked at. */
export function isAsking(chat: Chat, pass: Pass): boolean {
  for (const wish of chat.wishes) if (wish.isAsking && isComposing(wish, pass)) return true
  return false
}

/** Whether a start was accepted whose lifetime has not run out. */
function isAccepted({ bubble: { acceptedAt } }: Chat, { now, policy }: Pass): boolean {
  return acceptedAt !== null && maxAge(acceptedAt, now) < policy.minLifetime
}

/** Whether a message on its way clears the bubble of a start that left at a tick. */
function clears(chat: Chat, tick: number): boolean {
  return chat.messages.some((message) => tick < message.tick)
}

/** Whether an edit needs a start: nothing can be relied on, a message is about to clear it, or it is time to refresh. */
export function isStartDue(chat: Chat, pass: Pass): boolean {
  const { belief, acceptedAt, sentTick } = chat.bubble
  if (belief !== 'on' || acceptedAt === null || !isAccepted(chat, pass) || clears(chat, sentTick)) return true
  return maxAge(acceptedAt, pass.now) >= pass.policy.refreshInterval
}

/** How long a start has to wait, in ms: for the chat's own failures, or for the caller's. */
export function startWait(chat: Chat, { now, policy, caller }: Pass): number {
  return Math.max(timeLeft(chat.startWait, now), callerWait(caller, now, policy.timeout))
}

/** Whether there may be a bubble left to end. One that a message should have cleared is ended only if asked for. */
function mayBeOn({ bubble: { belief, landedAt }, stopForcedTick }: Chat, { now, policy }: Pass): boolean {
  if (landedAt === null || belief === 'off' || (belief === 'cleared' && stopForcedTick === null)) return false
  return minAge(landedAt, now) < policy.maxLifetime
}

export function isStopOwed(chat: Chat, pass: Pass): boolean {
  return !chat.isRefused && chat.stopsLeft > 0 && mayBeOn(chat, pass)
}

/** Whether a stop is to be sent now that nobody composes. */
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
  // Once closed nobody looks again at the window's end, so the message has to be sure to clear it.
  const tick = Math.max(pass.isClosed ? settledTick : sentTick, chat.stopForcedTick ?? 0)
  return chat.messages.some(
    (message) => tick < message.tick && (message.acceptedAt !== null || pendingTime(message, pass) > 0),
  )
}

/** How long a message whose sending is still pending keeps the bubble: the idle clock runs on from its last edit. */
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

/** How long a chat without inputs may still make calls, in ms; `Infinity` while it has inputs. */
function timeToObligationsEnd({ wishes, leftAt }: Chat, { now, policy }: Pass): number {
  return wishes.size > 0 ? Infinity : policy.timeout + policy.deliveryWindow - maxAge(leftAt, now)
}

/** Whether a chat without inputs has come to the end of its obligations: what it still owes is sent now or never. */
export function isOverdue(chat: Chat, pass: Pass): boolean {
  return timeToObligationsEnd(chat, pass) <= 0
}

/** Whether the chat still has something to do, or to wait for. */
export function isBusy(chat: Chat, pass: Pass): boolean {
  if (chat.wishes.size > 0 || chat.call !== null) return true
  if (isOverdue(chat, pass)) return false
  const mayReconnect = chat.stopWaits.some(({ reason }) => reason === 'offline') && mayBeOn(chat, pass)
  return isStopOwed(chat, pass) || mayReconnect || chat.messages.length > 0
}

/** Whether a chat without inputs knows nothing that one who comes back has to know. */
export function isForgettable(chat: Chat, pass: Pass): boolean {
  const { now, policy } = pass
  const { bubble, messages, startWait, stopWaits } = chat
  return (
    !isBusy(chat, pass) &&
    timeLeft(startWait, now) === 0 &&
    longestLeft(stopWaits, now) === 0 &&
    (bubble.belief === 'off' ||
      bubble.landedAt === null ||
      minAge(bubble.landedAt, now) >= policy.maxLifetime) &&
    messages.every(({ sentAt }) => monotonicAge(sentAt, now) >= policy.maxLifetime)
  )
}

/** The first status that holds. */
export function statusOf(chat: Chat, pass: Pass): TypingStatus {
  const isAnnounced = isAccepted(chat, pass) && !clears(chat, chat.bubble.acceptedTick)
  if (chat.isRefused) return 'unavailable'
  if (chat.call?.action === 'stop') return 'stopping'
  if (chat.call !== null && !isAnnounced) return 'starting'
  if (chat.call === null && isTyping(chat, pass) && startWait(chat, pass) > 0) return 'waiting'
  return isAnnounced ? 'active' : 'idle'
}

/**
 * When a waiting chat may start again, in epoch ms.
 *
 * @param told what was said last: the two clocks drift apart a little, which is no news.
 */
export function retryAt(chat: Chat, pass: Pass, told: number | null): number {
  const { wall } = pass.now
  const at = Math.ceil(wall + startWait(chat, pass))
  return told !== null && told > wall && Math.abs(told - at) < 50 ? told : at
}

/** Milliseconds until one of these rules may answer otherwise by itself. */
export function timeToNextChange(chat: Chat, pass: Pass): number {
  const { now, policy } = pass
  const changes = [
    timeToObligationsEnd(chat, pass),
    isTyping(chat, pass) ? startWait(chat, pass) : 0,
    isStopOwed(chat, pass) ? longestLeft(chat.stopWaits, now) : 0,
    chat.bubble.acceptedAt === null ? 0 : policy.minLifetime - maxAge(chat.bubble.acceptedAt, now),
  ]
  for (const { editedAt } of chat.wishes)
    if (editedAt !== null) changes.push(policy.idleTimeout - maxAge(editedAt, now))
  for (const message of chat.messages)
    changes.push(message.acceptedAt === null ? pendingTime(message, pass) : windowTime(message, pass))
  // What is over already changes no more.
  return Math.min(...changes.filter((left) => left > 0))
}
