import { noGaps, noLastingGhost, noStuckTyping } from './bubbleRules.js'
import { type Chat, createChat } from './chat.js'
import { awaitedTooLong, givenUpEarly, toldAnew } from './callRules.js'
import { addComposing, addEdit, type Composing } from './composing.js'
import type { Scenario } from './events.js'
import { tolerance } from './figures.js'
import { readHistory } from './history.js'
import type { Transcript } from './log.js'
import { later, type Moment } from './moments.js'
import { note } from './notes.js'
import { createPage, type Page } from './page.js'
import type { Span } from './spans.js'
import { correctionMissed, startForbidden, startMissed } from './startRules.js'
import { stopForbidden, stopOwedFrom } from './stopRules.js'
import { dropPutOff, endPutOff, endToldWindow, nextPutOff, nextToldEnd } from './toldMessages.js'
import { wronglyTold } from './toldRules.js'
import { endWindow, nextWindowEnd, pass } from './windows.js'

/** A chat as it is judged. */
interface Case {
  chat: Chat
  composing: Composing
  /** Since when a stop is owed without a break. */
  stopOwed: number | null
}

/** Which of the six promises a transcript breaks, in words; derived from what was seen alone. */
export function brokenPromises({ lifetime, works }: Scenario, transcript: Transcript): string[] {
  const { log, chats } = transcript
  const broken = new Set<string>()
  const tell = (what: string | null) => what !== null && broken.add(what)
  const cases = new Map(
    chats.map((id): [string, Case] => [
      id,
      { chat: createChat(), composing: { surely: [], perhaps: [], isBroken: false }, stopOwed: null },
    ]),
  )
  const page = createPage(new Map([...cases].map(([id, { chat }]) => [id, chat])))

  let present: Moment = log[0]!
  log.forEach((entry, index) => {
    if (entry.at > present.at) for (const one of cases.values()) judgeTime(one, page, present, entry, tell)
    present = entry
    if (entry.what === 'call') {
      const { chat } = cases.get(entry.chat)!
      tell(entry.action === 'start' ? startForbidden(chat, page, entry) : stopForbidden(chat, page, entry))
    }
    if (entry.what === 'settled') tell(givenUpEarly(cases.get(entry.chat)!.chat, entry))
    if (entry.what === 'told') tell(toldAnew(cases.get(entry.chat)!.chat, entry))
    if (entry.what === 'edit') {
      const { chat, composing } = cases.get(entry.chat)!
      addEdit(composing, chat, entry)
    }
    note(page, entry, index)
  })
  for (const one of cases.values())
    judgeTime(one, page, present, later(present, transcript.end - present.at), tell)

  for (const [id, { chat, composing }] of cases) {
    const history = readHistory(log, id)
    const bubble = transcript.bubbles.get(id)!.map(({ from, to }): Span => [from, to ?? transcript.end])
    const found = works
      ? [
          ...noStuckTyping(history, composing, chat.givenUp, bubble),
          ...noGaps(history, composing, bubble, log),
        ]
      : noLastingGhost(history, composing, bubble, lifetime)
    found.forEach(tell)
  }
  if (transcript.timersLeft > 0) tell(`6 hygiene: ${transcript.timersLeft} timers left`)
  for (const reason of transcript.unhandled) tell(`5 isolation: unhandled ${String(reason)}`)
  return [...broken]
}

type Tell = (what: string | null) => void

/** Judges what had to happen from one entry of the log until the next, with the messages whose windows end meanwhile. */
function judgeTime(one: Case, page: Page, from: Moment, to: Moment, tell: Tell): void {
  const { chat } = one
  if (!page.isAway || chat.drivenAt === from.at) {
    tell(startMissed(chat, page, from))
    tell(wronglyTold(chat, page, from, from))
  }
  let start = from
  for (
    let next = nextEnd(one.chat, page, start, to);
    next !== undefined;
    next = nextEnd(chat, page, start, to)
  ) {
    judgeStretch(one, page, start, next.at, tell)
    next.end()
    start = next.at
  }
  judgeStretch(one, page, start, to, tell)
}

/** What ends first until a moment: the window of a message of one's own or of others, or the time for which a correction is put off. */
function nextEnd(
  chat: Chat,
  page: Page,
  from: Moment,
  to: Moment,
): { at: Moment; end: () => void } | undefined {
  const own = nextWindowEnd(chat, from, to)
  const told = nextToldEnd(chat, from, to)
  const putOff = nextPutOff(chat, from, to)
  const [next] = [
    told && { at: told.end, end: () => endToldWindow(chat, page, told.other, told.end) },
    putOff && { at: putOff.end, end: () => endPutOff(chat, page, putOff.correction, putOff.end) },
    own && { at: own.end, end: () => endWindow(chat, page, own.message, own.end) },
  ]
    .filter((one) => one !== undefined)
    .sort((a, b) => a.at.at - b.at.at)
  return next
}

/** Judges a stretch within which time alone changes anything. */
function judgeStretch(one: Case, page: Page, from: Moment, to: Moment, tell: Tell): void {
  const { chat, composing } = one
  addComposing(composing, chat, from, to, page.isAway)
  if (page.isAway) {
    one.stopOwed = null
    return
  }
  const owed = stopOwedFrom(chat, page, from)
  one.stopOwed = owed === null || owed > to.at ? null : owed > from.at ? owed : (one.stopOwed ?? owed)
  if (one.stopOwed !== null && to.at - one.stopOwed > tolerance) {
    tell(`2 stuck typing: no stop was tried, which is owed from ${one.stopOwed}`)
    one.stopOwed = to.at
  }
  tell(awaitedTooLong(chat, page, to))
  tell(correctionMissed(chat, page, to))
  const stretch = to.at - from.at
  if (stretch > tolerance) tell(wronglyTold(chat, page, later(to, -tolerance), later(to, -1)))
  pass(chat, page, to)
  dropPutOff(chat, page, to)
}
