import { isSurelyWished, mayBeHeld, mayBeWishedFor } from './belief.js'
import type { Chat, PutOff, ToldMessage } from './chat.js'
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

/** The window of messages of others that ends first until a moment, and when. */
export function nextToldEnd(
  { others }: Chat,
  from: Moment,
  to: Moment,
): { other: ToldMessage; end: Moment } | undefined {
  const [other] = others
    .filter((one) => timeLeft(one, to) <= 0)
    .sort((a, b) => timeLeft(a, to) - timeLeft(b, to))
  return other && { other, end: later(from, Math.max(0, timeLeft(other, from))) }
}

/** Nobody waits for a correction for longer than it takes until the next would be due. */
function timeLeft({ told, first }: ToldMessage, now: Moment): number {
  return Math.min(window - timerAge(told, now), correctionInterval - timerAge(first, now))
}

/** Messages of others are taken for delivered: who composes corrects that, as soon as the correction before is old enough. */
export function endToldWindow(chat: Chat, page: Page, other: ToldMessage, end: Moment): void {
  chat.others = chat.others.filter((one) => one !== other)
  // The last of them may arrive after this correction.
  if (timerAge(other.told, end) < window) chat.others.push({ ...other, first: end })
  if (mayBeWishedFor(chat, end) === 0 && !page.isAway) return
  const before = chat.corrected.filter(({ due }) => timerAge(due, end) < correctionInterval)
  const dues = before.map(({ due }) => later(due, correctionInterval))
  if (!before.some(({ isSure }) => isSure)) dues.push(end)
  const isSure = other.isSure && dues.length === 1 && isCertain(chat, page, end)
  chat.putOff.push(...dues.map((due) => ({ due, isSure })))
}

/** The correction that is due first until a moment, and when. */
export function nextPutOff(
  { putOff }: Chat,
  from: Moment,
  to: Moment,
): { correction: PutOff; end: Moment } | undefined {
  const [correction] = putOff.filter(({ due }) => due.mono <= to.mono).sort((a, b) => a.due.mono - b.due.mono)
  return correction && { correction, end: later(from, Math.max(0, correction.due.mono - from.mono)) }
}

/** A correction is due: it is made now, after the call under way, or never. */
export function endPutOff(chat: Chat, page: Page, correction: PutOff, end: Moment): void {
  chat.putOff = chat.putOff.filter((one) => one !== correction)
  if (mayBeWishedFor(chat, end) === 0 && !page.isAway) return
  const isSure = correction.isSure && isCertain(chat, page, end)
  chat.corrected.push({ due: end, isSure, isLate: page.isAway })
  chat.corrections.push({
    due: end,
    isOwed: isSure && (chat.call !== null || !mayBeHeld(chat, page, end)),
  })
}

const isCertain = (chat: Chat, page: Page, now: Moment): boolean =>
  !page.isAway && !page.isClosed && isSurelyWished(chat, now)

/** Who stopped composing meanwhile needs no correction: the next edit starts. */
export function dropPutOff(chat: Chat, page: Page, now: Moment): void {
  // An edit at the very end is in time.
  if (!page.isAway && mayBeWishedFor(chat, later(now, -1)) === 0) chat.putOff = []
  else if (!isSurelyWished(chat, now)) for (const correction of chat.putOff) correction.isSure = false
}

/** Without timers, what was due is found so by whatever happens next. */
export function findLate(chat: Chat, now: Moment): void {
  if (chat.corrected.some(({ isLate }) => isLate))
    chat.corrected.push({ due: now, isSure: false, isLate: false })
}
