import type { Chat, Message } from './chat.js'
import { isTyping, mayBeTold, type Pass, toldWindowTime } from './rules.js'

/** How long to wait after a correction for somebody else's message before another, in ms. */
const correctionInterval = 10_000
/** How many of this page's own messages are remembered until the feed reports them. */
const mostUntold = 20

/** Notes one of this page's own messages, which the feed may report as well. */
export function expectTold(chat: Chat, message: Message): void {
  chat.untold = [...chat.untold, message].slice(-mostUntold)
}

/** Forgets one of this page's own messages that was not sent. */
export function forgetMessage(chat: Chat, message: Message): void {
  chat.messages = chat.messages.filter((other) => other !== message)
  chat.untold = chat.untold.filter((other) => other !== message)
}

/** Notes a message that the feed reported: this page's own, if one was expected, or one from somebody else. */
export function hearMessage(chat: Chat, isOthers: boolean, pass: Pass): void {
  const untold = chat.untold.filter((message) => mayBeTold(message, pass))
  const isOwn = !isOthers && untold.length > 0
  chat.untold = isOwn ? untold.slice(1) : untold
  if (!isOwn && chat.inputs.size > 0) chat.toldAt = pass.now
}

/** Closes the window for messages from others once it is over. What is believed about the bubble doesn't change. */
export function closeToldWindow(chat: Chat, pass: Pass): void {
  const { toldAt, correctedToldAt } = chat
  if (toldAt === null || toldWindowTime(chat, pass) > 0) return
  chat.toldAt = null
  if (!isTyping(chat, pass) || toldAt.monotonic - correctedToldAt < correctionInterval) return
  chat.correctedToldAt = toldAt.monotonic
  chat.owesCorrection = true
}
