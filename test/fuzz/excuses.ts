import { idle, is, roundTrip, timeout, tolerance, window } from './log.js'
import type { LogEntry, Transcript } from './simulate.js'
import { type Span } from './spans.js'

/** Until when a send may leave the bubble unsettled. */
export function sendSpans(log: readonly LogEntry[]): { span: Span; isPending: boolean }[] {
  return log.filter(is('send')).map(({ id, at }) => {
    const settled = log.filter(is('send settled')).find((entry) => entry.id === id)
    if (settled === undefined) return { span: [at, at + idle + roundTrip], isPending: true }
    if (!settled.isSent) return { span: [at, settled.at + roundTrip], isPending: false }
    return { span: [at, settled.at + window + roundTrip], isPending: false }
  })
}

export const around = ({ jumps, absences }: Transcript): Span[] => [
  ...absences.map(([from, to]): Span => [from - tolerance, to + idle + roundTrip]),
  ...jumps.map((at): Span => [at - tolerance, at + 2 * idle + roundTrip]),
]

/** After closing no timer may follow up what is unanswered; opening again gives it its time anew: `atMost` ms. */
export const closedSpans = (log: readonly LogEntry[], atMost: number): Span[] =>
  log.flatMap(({ what, at }, index): Span[] => {
    if (what !== 'closed') return []
    const reopened = log.slice(index).find((entry) => entry.what === 'wake')
    return [[at, (reopened?.at ?? Infinity) + atMost]]
  })

export const isSending = (log: readonly LogEntry[], at: number) =>
  log
    .filter(is('send'))
    .some(
      (send) =>
        send.at <= at &&
        !log.some((other) => other.what === 'send settled' && other.id === send.id && other.at < at),
    )

export const isCalling = (log: readonly LogEntry[], at: number) =>
  log
    .filter(is('call'))
    .some(
      (call) =>
        call.at <= at &&
        !log.some((other) => other.what === 'settled' && other.id === call.id && other.at < at),
    )

/** Whether a clock and the true time may differ. */
export const hasMoved = (transcript: Transcript, from: number, to: number) =>
  hasJumped(transcript, from, to) || transcript.absences.some(([left, back]) => left <= to && back >= from)

/** A jump ahead may close a delivery window too early; then the next refresh brings the bubble back. */
export const hasJumped = ({ jumps }: Transcript, from: number, to: number) =>
  jumps.some((at) => at >= from && at <= to)

/**
 * Bubbles that are nobody's, until someone starts again. A provider that closes sends its stop once: it may be refused, or
 * the page offline. A chat that its last input left is forgotten a while later: the page may have been offline until then.
 */
export function givenUpSpans(
  log: readonly LogEntry[],
  bubble: readonly Span[],
  { absences }: Transcript,
): readonly Span[] {
  const memory = timeout + window - tolerance
  const members = new Set<number>()
  const isAway = (since: number) => absences.some(([from, to]) => from <= since && to >= since + memory)
  const refusedStop = (since: number) => {
    const stop = log
      .filter(is('call'))
      .find(({ action, at }) => action === 'stop' && at >= since && at <= since + timeout + window)
    const answer = log.filter(is('settled')).find(({ id }) => id === stop?.id)
    return answer !== undefined && answer.status !== 204 ? stop : undefined
  }
  return log.flatMap((entry, index) => {
    if (entry.what === 'join') members.add(entry.slot)
    if (entry.what === 'end' && (entry.why === 'leave' || entry.why === 'switch' || entry.why === 'close'))
      members.delete(entry.slot)
    else if (entry.what !== 'closed') return []
    const later = log.slice(index)
    const isForgotten =
      members.size === 0 && !later.some(({ what, at }) => what === 'join' && at < entry.at + memory)
    const refused = entry.what === 'closed' ? refusedStop(entry.at) : undefined
    if (refused === undefined && !(isForgotten && isAway(entry.at))) return []
    // A start that was under way when the provider closed landed later.
    const landed = refused?.at ?? entry.at
    return bubble
      .filter(([from, off]) => from <= landed && off > entry.at)
      .map(([from, off]): Span => [from, Math.min(off, nextStart(later))])
  })
}

/**
 * Bubbles of a start that was given up, and landed after a later stop did, which was accepted: nobody can know of them.
 * What begins while that stop is under way, and outlasts its acceptance, landed after it.
 */
export function overtakenSpans(log: readonly LogEntry[], bubble: readonly Span[]): Span[] {
  return log.flatMap((start, index) => {
    if (start.what !== 'settled' || start.action !== 'start' || start.status !== null) return []
    const later = log.slice(index)
    const stop = later.filter(is('settled')).find(({ action, status }) => action === 'stop' && status === 204)
    const called = later.filter(is('call')).find(({ id }) => id === stop?.id)
    if (stop === undefined || called === undefined) return []
    return bubble
      .filter(([from, off]) => from >= called.at && off > stop.at && from < start.at + timeout)
      .map(([from, off]): Span => [from, Math.min(off, nextStart(later.slice(later.indexOf(stop))))])
  })
}

/** When the next start is made that was accepted, or may have been carried out without an answer. */
export function nextStart(log: readonly LogEntry[]): number {
  const landed = new Set(
    log
      .filter(is('settled'))
      .filter(({ status }) => (status ?? 204) === 204)
      .map(({ id }) => id),
  )
  return log.filter(is('call')).find(({ action, id }) => action === 'start' && landed.has(id))?.at ?? Infinity
}

/** How long the machine slept unseen: its monotonic clock stood still, and the wall clock was set back. */
export const sleptUnseen = ({ sleeps, setBacks }: Transcript, since: number, until: number) =>
  setBacks.some((at) => at >= since && at <= until)
    ? sleeps.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, until) - Math.max(from, since)), 0)
    : 0

/** How far the page's clocks are behind the true time. */
export const clocksBehind = ({ stalls }: Transcript, at: number) =>
  Math.max(0, ...stalls.filter(([from, to]) => from <= at && at <= to).map(([from]) => at - from))
