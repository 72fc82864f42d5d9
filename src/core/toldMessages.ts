import type { Chat, Message } from './chat.js'
import { correctionInterval, isTyping, mayBeTold, mayToldArrive, type Pass, toldWindowTime } from './rules.js'

/** How many of this page's own messages are remembered until the feed reports them. */
const mostUntold = 20

/** Notes one of this page's own messages, which the feed may report as well. */
export function expectTold(chat: Chat, message: Message): void {
  // The feed was faster than the app.
  if (chat.told?.mayBeOwn === true) chat.told = null
  else chat.untold = [...chat.untold, message].slice(-mostUntold)
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
  if (isOwn || chat.inputs.size === 0) return
  const { told } = chat
  chat.told = {
    firstAt: told?.firstAt ?? pass.now,
    lastAt: pass.now,
    mayBeOwn: told === null && !isOthers,
  }
}

/**
 * Closes the window for messages from others once it is over, and says when a correction is due. What is believed about the
 * bubble doesn't change.
 */
export function closeToldWindow(chat: Chat, pass: Pass): void {
  const { told } = chat
  const { now } = pass
  if (told !== null && toldWindowTime(chat, pass) <= 0) {
    // The last one may still arrive after this correction.
    chat.told = mayToldArrive(chat, pass) ? { ...told, firstAt: now } : null
    chat.correctionAt = Math.max(now.monotonic, chat.correctedAt + correctionInterval)
  }
  if (!isTyping(chat, pass)) chat.correctionAt = Infinity
  else if (now.monotonic >= chat.correctionAt) {
    chat.correctionAt = Infinity
    chat.correctedAt = now.monotonic
    chat.owesCorrection = true
  }
}
