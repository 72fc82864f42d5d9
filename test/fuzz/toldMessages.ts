import { isSurelyWished, mayBeHeld, mayBeWishedFor } from './belief.js'
import type { Chat, ToldMessage } from './chat.js'
import { correctionInterval, maxLifetime, window } from './figures.js'
import { later, type Moment, timerAge } from './moments.js'
import type { Page } from './page.js'

/** A feed tells of a message. Unless it is known to be of others, it is the next of one's own that was not told. */
export function noteTold(chat: Chat, page: Page, now: Moment, isOthers: boolean): void {
  const untold = chat.untold.filter(({ sent }) => timerAge(sent, now) < maxLifetime)
  const own = untold.find(({ isSure }) => isSure) ?? untold[0]
  chat.untold = untold
  if (page.isClosed) {
    // Whether a page hears of anything while nothing of it is shown is not said.
    for (const message of untold) if (!isOthers) message.isSure = false
    return
  }
  if (own !== undefined && !isOthers) {
    chat.untold = untold.filter((message) => message !== own)
    if (own.isSure) return
  }
  if (chat.members.size === 0) return
  const isSure = isOthers || own === undefined
  // Windows that overlap share one.
  chat.others = isSure ? [] : chat.others.map((other) => ({ ...other, isSure: false }))
  chat.others.push({ told: now, isSure })
}

/** The message of others whose window ends first until a moment, and when. */
export function nextToldEnd(
  { others }: Chat,
  from: Moment,
  to: Moment,
): { other: ToldMessage; end: Moment } | undefined {
  const other = others.find(({ told }) => timerAge(told, to) >= window)
  if (other === undefined) return undefined
  return { other, end: later(from, Math.max(0, window - timerAge(other.told, from))) }
}

/** A message of others is taken for delivered: who composes corrects it once, unless one was corrected just before. */
export function endToldWindow(chat: Chat, page: Page, other: ToldMessage, end: Moment): void {
  chat.others = chat.others.filter((one) => one !== other)
  const before = chat.corrected.filter(({ told }) => timerAge(told, other.told) < correctionInterval)
  if (before.some(({ isSure }) => isSure)) return
  if (mayBeWishedFor(chat, end) === 0 && !page.isAway) return
  const isCertain = !page.isAway && !page.isClosed && isSurelyWished(chat, end)
  const isSure = other.isSure && isCertain && before.length === 0
  chat.corrected.push({ told: other.told, isSure })
  chat.corrections.push({
    due: end,
    isOwed: isSure && (chat.call !== null || !mayBeHeld(chat, page, end)),
  })
}
