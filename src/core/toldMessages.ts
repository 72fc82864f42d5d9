import type { Chat, Message } from './chat.js'
import { isTyping, mayBeTold, type Pass, toldWindowTime } from './rules.js'

/** How long after a correction for a message of others no other is due, in ms. */
const correctionInterval = 10_000
/** How many of one's own messages are remembered until the feed tells of them. */
const mostUntold = 20

/** Notes a message of one's own, of which the feed may tell, too. */
export function expectTold(chat: Chat, message: Message): void {
  chat.untold = [...chat.untold, message].slice(-mostUntold)
}

/** Forgets a message of one's own that was not sent. */
export function forgetMessage(chat: Chat, message: Message): void {
  chat.messages = chat.messages.filter((other) => other !== message)
  chat.untold = chat.untold.filter((other) => other !== message)
}

/** Notes a message of which the feed told: the next of one's own, if one was expected, or one that others sent. */
export function hearMessage(chat: Chat, isOthers: boolean, pass: Pass): void {
  const untold = chat.untold.filter((message) => mayBeTold(message, pass))
  const isOwn = !isOthers && untold.length > 0
  chat.untold = isOwn ? untold.slice(1) : untold
  if (!isOwn && chat.inputs.size > 0) chat.toldAt = pass.now
}

/** Closes the window of messages that others sent once it is over. It changes nothing that is believed of the bubble. */
export function closeToldWindow(chat: Chat, pass: Pass): void {
  const { toldAt, correctedToldAt } = chat
  if (toldAt === null || toldWindowTime(chat, pass) > 0) return
  chat.toldAt = null
  if (!isTyping(chat, pass) || toldAt.monotonic - correctedToldAt < correctionInterval) return
  chat.correctedToldAt = toldAt.monotonic
  chat.owesCorrection = true
}
