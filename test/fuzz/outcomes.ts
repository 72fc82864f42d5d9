import { isSurelyWished, mayBeHeld } from './belief.js'
import type { Call, Chat, Start } from './chat.js'
import { memory, stopTries, tolerance } from './figures.js'
import type { ChatEvent } from './log.js'
import { type Moment, reliedAge } from './moments.js'
import { giveUp, haveNews } from './obligations.js'
import type { Page } from './page.js'
import { type Verdict, verdictOf } from './verdicts.js'
import { hold, noWaits } from './waits.js'

type Settled = Moment & Extract<ChatEvent, { what: 'settled' }>

/** What the outcome of a call changes. */
export function noteOutcome(chat: Chat, page: Page, entry: Settled, index: number): void {
  const call = chat.call
  chat.call = null
  if (call === null) return
  const verdict = verdictOf(entry.answer, page.isOnline, entry.isTimeout)
  chat.errors = [verdict.reason]
  chat.drivenAt = entry.at
  if (isSurelyWished(chat, entry)) haveNews(chat)
  if (call.action === 'start') noteStart(chat, call, verdict, entry, index)
  else noteStop(chat, page, call, verdict, entry)
  if (verdict.reason === null) accepted(chat, page, call)
  else if (verdict.then === 'final') chat.isFinal = chat.wasFinal = true
  else failed(chat, page, call, verdict, entry, index)
  for (const correction of chat.corrections) {
    correction.due = entry
    correction.isOwed &&= isSurelyWished(chat, entry) && !mayBeHeld(chat, page, entry)
  }
}

function noteStart(
  chat: Chat,
  call: Call,
  { hasLanded }: Verdict,
  settled: Moment,
  settledIndex: number,
): void {
  if (hasLanded === 'no') return
  const { begun, begunIndex, isShared } = call
  const start: Start = {
    begun,
    begunIndex,
    settled,
    // A start that nobody answered may land after any message.
    settledIndex: hasLanded === 'yes' ? settledIndex : Infinity,
    isShared,
    isArguable: hasLanded === 'arguable',
    since: [begun, settled, ...(hasLanded === 'arguable' ? (chat.possible?.since ?? []) : [])],
  }
  chat.possible = start
  if (chat.forcedIndex !== null && begunIndex > chat.forcedIndex) chat.forcedIndex = null
  if (!start.isArguable) chat.wasFinal = false
  if (hasLanded === 'yes') chat.on = start
  // What is learnt of a chat that everybody left may be forgotten.
  if (hasLanded === 'yes')
    chat.certainty = chat.left !== null && call.certainty === 'certain' ? 'arguable' : call.certainty
  else if (hasLanded === 'unknown') chat.certainty = 'doubted'
  else if (chat.certainty === 'certain') chat.certainty = 'arguable'
}

function noteStop(chat: Chat, page: Page, call: Call, { hasLanded, reason }: Verdict, now: Moment): void {
  if (hasLanded === 'yes') {
    chat.on = chat.possible = chat.cleared = null
    chat.forcedIndex = null
  } else if (hasLanded === 'unknown') chat.certainty = 'doubted'
  else if (hasLanded === 'arguable' && chat.certainty === 'certain') chat.certainty = 'arguable'
  if (page.isClosed) chat.isTriedClosed = true
  // The network's return is news.
  const isLast =
    (chat.stops >= stopTries && reason !== 'offline') ||
    (chat.left !== null && reliedAge(chat.left, now) >= memory - tolerance)
  if (page.isClosed || call.isLast || (chat.left !== null && isLast)) giveUp(chat, now)
}

/** An accepted start ends a start's wait, an accepted call begun after its 401 the caller's. */
function accepted(chat: Chat, page: Page, call: Call): void {
  const { caller } = page
  chat.starting.atLeast = chat.stopping.atLeast = caller.atLeast = { then: null, count: 0 }
  if (call.action === 'start') chat.starting = noWaits()
  else chat.stopping.atMost = {}
  caller.list = caller.list.filter(({ index }) => index > call.begunIndex)
  if (caller.list.length === 0) caller.atMost = {}
  if (call.begunIndex > (page.doubtIndex ?? -1)) page.doubtIndex = null
}

function failed(chat: Chat, page: Page, call: Call, verdict: Verdict, since: Moment, index: number): void {
  const { starting, stopping } = chat
  if (verdict.then === 'caller') {
    // A caller who was forgotten meanwhile is not known by it.
    const caller = call.begunIndex < page.resetIndex ? noWaits() : page.caller
    // Stops go out while the caller is in doubt: whether their 401 is another one is not said.
    const isArguable = call.action === 'stop' && caller.list.length > 0
    if (caller === page.caller) page.doubtIndex = index
    const wait = hold(caller, verdict, since, index, !isArguable)
    if (isArguable) wait.shortest = 0
    // Nor whether the caller's wait holds back the second try of a stop.
    if (call.action === 'stop') stopping.list.push({ ...wait, shortest: 0 })
    return
  }
  hold(call.action === 'start' ? starting : stopping, verdict, since, index)
}
