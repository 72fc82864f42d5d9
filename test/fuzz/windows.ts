import { isSurelyWished, mayBeHeld, surelyLastsFor } from './belief.js'
import type { Certainty, Chat, Message } from './chat.js'
import { maxLifetime, memory, tolerance, window } from './figures.js'
import { later, type Moment, timerAge } from './moments.js'
import { giveUp } from './obligations.js'
import type { Page } from './page.js'

/** The message whose window ends first until a moment, and when. */
export function nextWindowEnd(
  { messages }: Chat,
  from: Moment,
  to: Moment,
): { message: Message; end: Moment } | undefined {
  let first: { message: Message; end: Moment } | undefined
  for (const message of messages) {
    if (message.accepted === null || timerAge(message.accepted, to) < window) continue
    const end = later(from, Math.max(0, window - timerAge(message.accepted, from)))
    if (first === undefined || end.at < first.end.at) first = { message, end }
  }
  return first
}

/** A message is taken for delivered: it cleared what was answered before it was sent, and casts doubt on what came later. */
export function endWindow(chat: Chat, page: Page, message: Message, end: Moment): void {
  chat.messages = chat.messages.filter((other) => other !== message)
  const { possible, on, call } = chat
  // Windows that overlap share one: what is owed is owed at the end of the last.
  const isLast = !chat.messages.some(({ accepted }) => accepted !== null)
  const isRemembered = timerAge(message.sent, end) < maxLifetime - tolerance
  for (const start of [possible, call])
    if (start !== null && start.begunIndex < message.index && !isLast) start.isShared = true
  if (call?.action === 'start') call.certainty = doubt(call.certainty, isLast && isRemembered)
  if (possible !== null && possible.settledIndex < message.index && !isLast) possible.isArguable = true
  else if (possible !== null && possible.settledIndex < message.index) {
    // A stop that was asked for before had its time.
    chat.cleared = { ...possible, isArguable: possible.isArguable || chat.forcedIndex !== null }
    chat.possible = null
  }
  if (chat.cleared !== null && message.index > (chat.forcedIndex ?? Infinity)) chat.cleared.isArguable = true
  if (on !== null && on.settledIndex < message.index) chat.on = null
  else if (on !== null) chat.certainty = doubt(chat.certainty, isLast && isRemembered)
  chat.corrections.push({
    due: end,
    isOwed:
      isLast &&
      isRemembered &&
      !page.isClosed &&
      isSurelyWished(chat, end) &&
      (call !== null || !mayBeHeld(chat, page, end)),
  })
}

const doubt = (certainty: Certainty, isLast: boolean): Certainty =>
  isLast || certainty === 'doubted' ? 'doubted' : 'arguable'

/** What time alone changes until a moment. */
export function pass(chat: Chat, page: Page, to: Moment): void {
  if (page.isAway) return
  // A clock that is set back later may say otherwise.
  for (const start of [chat.possible, chat.cleared])
    if (start !== null && surelyLastsFor(start, to) <= 0) start.isArguable = true
  if (chat.left !== null && timerAge(chat.left, to) > memory + tolerance) giveUp(chat, to)
  if (chat.call === null) chat.corrections = chat.corrections.filter(({ due }) => to.at - due.at <= tolerance)
}
