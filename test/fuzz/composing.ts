import { isSurelyWished, mayBeWishedFor } from './belief.js'
import type { Chat } from './chat.js'
import { idle } from './figures.js'
import { type Moment, reliedAge } from './moments.js'
import type { Span } from './spans.js'

/** When somebody composed in a chat, by the true time. */
export interface Composing {
  /**
   * For certain: the last edit is younger than the idle timeout by both clocks and by the true time. A sleep during which a
   * clock is set back can hide its age from both clocks.
   */
  surely: Span[]
  /** As far as a page could know by its timers. */
  perhaps: Span[]
  /** Whether nobody composed for certain when the last edit came. */
  isBroken: boolean
}

/** Adds a stretch of time within which nothing happened and no clock was set. */
export function addComposing(
  composing: Composing,
  chat: Chat,
  from: Moment,
  to: Moment,
  isAway: boolean,
): void {
  const { surely, perhaps, isBroken } = composing
  let certain = 0
  for (const { isLive, isDoubtful, isOver, edited } of chat.inputs.values())
    if (isLive && !isDoubtful && !isOver)
      certain = Math.max(certain, idle - Math.max(from.at - edited.at, reliedAge(edited, from)))
  const possible = mayBeWishedFor(chat, from)
  if (certain > 0) {
    add(surely, from.at, Math.min(to.at, from.at + certain), isBroken)
    composing.isBroken = false
  }
  // Nothing ends while no timer runs.
  if (possible > 0) add(perhaps, from.at, isAway ? to.at : Math.min(to.at, from.at + possible))
}

/** Adds an edit, which may be all there is before its wish ends in the same instant. */
export function addEdit(composing: Composing, chat: Chat, now: Moment): void {
  composing.isBroken ||= !isSurelyWished(chat, now)
  add(composing.perhaps, now.at, now.at)
}

function add(spans: Span[], from: number, to: number, isNew = false): void {
  if (to < from) return
  const last = spans.at(-1)
  if (last?.[1] === from && !isNew) spans[spans.length - 1] = [last[0], to]
  else spans.push([from, to])
}
