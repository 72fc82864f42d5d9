import type { Composing } from './composing.js'
import { idle, minLifetime, refresh, tolerance } from './figures.js'
import { type History, reach } from './history.js'
import { type LogEntry } from './log.js'
import { later, type Moment, reliedAge } from './moments.js'
import { outside, type Span, union } from './spans.js'

const tell = (promise: string, spans: readonly Span[]) =>
  spans.filter(([from, to]) => to - from > tolerance).map(([from, to]) => `${promise} from ${from} to ${to}`)

/** Where the network works, the bubble is on only while somebody composes, or a message is about to clear it. */
export function noStuckTyping(
  history: History,
  composing: Composing,
  givenUp: readonly number[],
  bubble: readonly Span[],
): string[] {
  const until = (at: number) => reach(history, at)
  // Its clocks may not show how long a machine slept: the monotonic one stood still, and the wall clock was set back.
  const awayFrom = (at: number) =>
    history.absences
      .filter(([from]) => from >= at && from <= at + idle)
      .reduce((sum, [from, to]) => sum + to - from, 0)
  const explained: Span[] = [
    ...composing.perhaps.map(([from, to]): Span => [from, until(to)]),
    ...history.sends.map(({ at, settled, end }): Span => [
      at,
      until(settled === Infinity ? at + idle + awayFrom(at) : end),
    ]),
    // Nothing can be sent meanwhile.
    ...history.absences.map(([from, to]): Span => [from, until(to)]),
    // A stop that failed offline is due again when the page hears of the network, 2 s after its failure at the earliest.
    ...history.offline.map(([from, to]): Span => {
      const failed = history.calls.filter(
        ({ action, settled, isAccepted }) => action === 'stop' && settled <= to && !isAccepted,
      )
      return [from, until(Math.max(to, ...failed.map(({ settled }) => settled + 2_000)))]
    }),
    // Without a timer nobody follows up a send that stays pending, or its window.
    ...history.closings.map(([from, to]): Span => {
      const pending = history.sends.filter(({ at, settled }) => at <= from && settled > from)
      return [from, until(Math.min(to, Math.max(from, ...pending.map(({ end }) => end))))]
    }),
  ]
  // A chat that was left with its stops refused, or offline, is nobody's until someone starts again.
  for (const at of givenUp) {
    const next = history.calls.find((call) => call.action === 'start' && call.at >= at)
    explained.push([at, next?.at ?? Infinity])
  }
  return tell('2 stuck typing:', outside(bubble, union(explained)))
}

/** Where the network works, the bubble is on while somebody composes, but for the hole that a message makes. */
export function noGaps(
  history: History,
  composing: Composing,
  bubble: readonly Span[],
  log: readonly LogEntry[],
): string[] {
  const until = (at: number) => reach(history, at)
  const owed = composing.surely.map(([from, to]): Span => [until(from), to])
  const accepted = history.sends.filter(({ isSent }) => isSent)
  const holes = union(accepted.map(({ at, end }): Span => [at, end]))
  const excused: Span[] = [
    ...holes.map(([from, to]): Span => [from, until(to)]),
    // What a message of others wipes comes back with the next start after its window, which may be a refresh.
    ...history.others.map(([from, to]): Span => {
      const next = history.calls.find(
        ({ action, at, isAccepted }) => action === 'start' && at >= to && isAccepted,
      )
      return [from, next?.arrived ?? Infinity]
    }),
    // Offline a start fails, and the next one comes with an edit after its wait.
    ...history.calls
      .filter(({ action, settled, isAccepted }) => action === 'start' && settled < Infinity && !isAccepted)
      .map(({ settled }): Span => {
        const next = history.calls.find(
          ({ action, at, isAccepted }) => action === 'start' && at >= settled && isAccepted,
        )
        return [settled, next?.arrived ?? Infinity]
      }),
  ]
  const gaps = outside(outside(owed, union(excused)), union(bubble))
  // A start that is older than both clocks show is refreshed late by as much.
  const isUnseen = ([from, to]: Span) => {
    const start = history.calls.filter(({ action, at }) => action === 'start' && at <= from).at(-1)
    return (
      start !== undefined &&
      to - from <= to - start.at - reliedAge(momentAt(log, start.at), momentAt(log, to))
    )
  }
  // The policy leaves a start so much time on its way, and no network that takes longer.
  const spare = minLifetime - refresh - idle
  const isSlow = ([from, to]: Span) =>
    history.calls.some(
      ({ action, at, arrived }) =>
        action === 'start' && at + spare <= from && Math.abs(arrived - to) <= tolerance,
    )
  return tell(
    '3 gap:',
    gaps.filter((gap) => !isUnseen(gap) && !isSlow(gap)),
  )
}

/** Whatever becomes of the network, the bubble is off a lifetime after the last start, which somebody who composed made. */
export function noLastingGhost(
  history: History,
  composing: Composing,
  bubble: readonly Span[],
  lifetime: number,
): string[] {
  const explained = composing.perhaps.map(([from, to]): Span => {
    const last = history.calls.filter(({ action, at }) => action === 'start' && at <= to + tolerance).at(-1)
    return [from, Math.max(to, last?.arrived ?? 0) + lifetime]
  })
  return tell('2 stuck typing, after a lifetime:', outside(bubble, union(explained)))
}

function momentAt(log: readonly LogEntry[], at: number): Moment {
  const before = log.filter((entry) => entry.at <= at).at(-1)!
  return later(before, at - before.at)
}
