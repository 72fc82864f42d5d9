import {
  isSurelyWished,
  lastsFor,
  mayBeWishedFor,
  messagesOver,
  surelyLastsFor,
  surelyWithholds,
  toStop,
  withholdsFor,
} from './belief.js'
import type { Chat } from './chat.js'
import { memory, stopTries, tolerance } from './figures.js'
import { type Moment, reliedAge, timerAge } from './moments.js'
import type { Page } from './page.js'
import { isSurelyOn, leftByTimer } from './waits.js'

/** Why a stop may not be made now; null where it may. */
export function stopForbidden(chat: Chat, page: Page, now: Moment): string | null {
  if (chat.call !== null) return `4 budget: a stop at ${now.at} beside another call`
  if (chat.isFinal) return `4 budget: a stop at ${now.at} after a final refusal`
  if (page.isClosed && chat.isTriedClosed)
    return `4 budget: a stop at ${now.at}, though one was tried since the provider went`
  if (isSurelyWished(chat, now)) return `3 gap: a stop at ${now.at} while somebody composes`
  const bubble = toStop(chat)
  if (bubble === null) return `4 budget: a stop at ${now.at} with nothing to stop`
  if (Math.max(...bubble.since.map((since) => lastsFor(since, now))) + tolerance < 0)
    return `4 budget: a stop at ${now.at} for a bubble that is older than it can be`
  const isOverdue = chat.left !== null && reliedAge(chat.left, now) >= memory
  // A stop that was asked for waits for no message before it.
  const withholding = messagesOver(chat).find(
    (message) => message.index > (chat.forcedIndex ?? -1) && surelyWithholds(message, now),
  )
  const isClosing = page.isClosed && bubble.settledIndex > (withholding?.index ?? -1)
  if (withholding !== undefined && !isOverdue && !isClosing)
    return `4 budget: a stop at ${now.at} while the message sent at ${withholding.sent.at} is on its way`
  for (const wait of chat.stopping.list)
    if (isSurelyOn(wait, now) && (wait.kind === 'limit' || !(isOverdue || page.isClosed)))
      return `4 budget: a stop at ${now.at} within its wait of ${wait.shortest} ms from ${wait.since.at}`
  if (chat.stops - chat.stopsBefore >= stopTries)
    return `4 budget: a stop at ${now.at} after ${stopTries} tries`
  return null
}

/** From when a stop is surely owed, if nothing else happens until then; null where none is, or not any more. */
export function stopOwedFrom(chat: Chat, page: Page, now: Moment): number | null {
  const bubble = toStop(chat)
  if (bubble === null || bubble.isArguable || chat.call !== null) return null
  if (chat.isFinal || chat.wasFinal || chat.stops >= stopTries) return null
  // What is owed has an end when everybody has left.
  const mark = chat.left === null ? Infinity : memory - timerAge(chat.left, now)
  let left = mayBeWishedFor(chat, now)
  const over = messagesOver(chat)
  // Windows that overlap share one.
  const isShared = bubble.isShared || over.length > 0
  for (const message of chat.messages) {
    if (!over.includes(message) && !(isShared && message.accepted !== null)) continue
    if (message.index < (chat.forcedIndex ?? -1) && !bubble.isShared) continue
    // Once everything is closed no timer can tell of a window's end.
    if (page.isClosed && bubble.settledIndex < message.index) return null
    if (!page.isClosed) left = Math.max(left, Math.min(mark, withholdsFor(message, now)))
  }
  for (const wait of chat.stopping.list) {
    const waits = leftByTimer(wait, now)
    if (wait.kind === 'limit' && waits > 0 && (chat.left !== null || page.isClosed)) return null
    if (!page.isClosed) left = Math.max(left, wait.kind === 'limit' ? waits : Math.min(mark, waits))
  }
  return left < surelyLastsFor(bubble, now) - tolerance ? now.at + Math.max(0, left) : null
}
