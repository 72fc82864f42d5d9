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
  const { others } = chat
  // Windows that overlap share one. Where none is sure, this may be the first of one.
  const next = others.map((other) => ({ ...other, told: now, mayBeOwn: false }))
  if (!others.some(({ isSure }) => isSure))
    next.push({ told: now, first: now, isSure: false, mayBeOwn: !isOthers })
  if (isOthers || own === undefined)
    chat.others = next.map((other) => ({ ...other, isSure: next.length === 1 }))
  else chat.others = distinct([...others, ...next]).map((other) => ({ ...other, isSure: false }))
}

function distinct(others: readonly ToldMessage[]): ToldMessage[] {
  return [...new Map(others.map((other) => [`${other.told.at} ${other.first.at}`, other])).values()]
}

/** A message of one's own leaves. A feed that was faster than the app may have told of it already. */
export function noteSent(chat: Chat, message: { id: number; sent: Moment }): void {
  const { others, untold } = chat
  if (!others.some(({ mayBeOwn }) => mayBeOwn)) untold.push({ ...message, isSure: true })
  else if (others.some(({ isSure }) => isSure)) chat.others = []
  else untold.push({ ...message, isSure: false })
}

/** The message of others whose window ends first until a moment, and when. */
export function nextToldEnd(
  { others }: Chat,
  from: Moment,
  to: Moment,
): { other: ToldMessage; end: Moment } | undefined {
  const other = others.find((one) => timeLeft(one, to) <= 0)
  return other && { other, end: later(from, Math.max(0, timeLeft(other, from))) }
}

/** Nobody waits for a correction for longer than it takes until the next would be due. */
function timeLeft({ told, first }: ToldMessage, now: Moment): number {
  return Math.min(window - timerAge(told, now), correctionInterval - timerAge(first, now))
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
