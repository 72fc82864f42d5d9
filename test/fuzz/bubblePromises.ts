import { around, closedSpans, givenUpSpans, hasJumped, isSending, sendSpans, sleptUnseen } from './excuses.js'
import { idle, minLifetime, refresh, roundTrip, tell, timeout } from './log.js'
import type { LogEntry, Transcript } from './simulate.js'
import { outside, type Span, union } from './spans.js'

export function noStuckTyping(
  log: readonly LogEntry[],
  composing: readonly Span[],
  bubble: readonly Span[],
  transcript: Transcript,
): string[] {
  const explained: Span[] = [
    ...composing.map(([from, to]): Span => [from, to + roundTrip]),
    ...sendSpans(log).map(({ span }) => span),
    ...closedSpans(log, roundTrip).filter(([at]) => isSending(log, at)),
    ...givenUpSpans(log, bubble, transcript),
    ...around(transcript),
  ]
  return tell('2 stuck typing:', outside(bubble, union(explained)))
}

export function noGaps(
  log: readonly LogEntry[],
  composing: readonly Span[],
  bubble: readonly Span[],
  transcript: Transcript,
): string[] {
  const owed = composing.map(([from, to]): Span => [from + roundTrip, to])
  const excused: Span[] = [
    ...sendSpans(log).map(({ span: [from, to], isPending }): Span => [
      from,
      isPending ? from + roundTrip : to + (hasJumped(transcript, from, to) ? refresh + idle : 0),
    ]),
    ...around(transcript),
  ]
  const gaps = outside(outside(owed, union(excused)), union(bubble))
  // A start that is older than can be seen is refreshed late by as much.
  const isLate = ([from, to]: Span) => to - from <= sleptUnseen(transcript, from - minLifetime, to)
  return tell(
    '3 gap:',
    gaps.filter((gap) => !isLate(gap)),
  )
}

export function noLastingGhost(
  composing: readonly Span[],
  bubble: readonly Span[],
  lifetime: number,
  transcript: Transcript,
): string[] {
  const explained: Span[] = [
    ...composing.map(([from, to]): Span => [from, to + lifetime + 3 * timeout]),
    ...transcript.absences.map(([from, to]): Span => [from, to + lifetime + 3 * timeout]),
  ]
  return tell('2 stuck typing, after a lifetime:', outside(bubble, union(explained)))
}
