import {
  around,
  closedSpans,
  givenUpSpans,
  hasMoved,
  isCalling,
  isSending,
  nextStart,
  overtakenSpans,
  sendSpans,
} from './excuses.js'
import { idle, is, timeout, tolerance } from './log.js'
import type { LogEntry, Transcript } from './simulate.js'
import { type Span, union } from './spans.js'

export function noUselessStop(log: readonly LogEntry[], works: boolean, transcript: Transcript): string[] {
  const broken: string[] = []
  let lastStart: 'none' | 'possible' = 'none'
  let startSettledAt = -1
  let stops = 0
  log.forEach((entry, index) => {
    if (entry.what === 'wake' || entry.what === 'reset' || entry.what === 'edit') stops = 0
    if (entry.what === 'settled') {
      const mayHaveLanded = entry.status === null || entry.status === 204
      if (entry.action === 'start' && mayHaveLanded) {
        lastStart = 'possible'
        startSettledAt = index
        stops = 0
      } else if (entry.action === 'stop' && entry.status === 204) lastStart = 'none'
    }
    if (entry.what !== 'call' || entry.action !== 'stop') return
    if (lastStart === 'none') broken.push(`4 budget: a stop at ${entry.at} with nothing to stop`)
    if (++stops > 3) broken.push(`4 budget: a stop at ${entry.at} for the ${stops}th time`)
    const since = log.slice(startSettledAt, index)
    const sent = since.filter(is('send settled')).filter(({ isSent }) => isSent)
    const clearing = sent.find(({ id }) => since.some((other) => other.what === 'send' && other.id === id))
    const isForced = since.some(
      (other) =>
        other.what === 'end' && (other.why === 'stop' || other.why === 'leave' || other.why === 'close'),
    )
    if (works && clearing !== undefined && !isForced)
      broken.push(`4 budget: a stop at ${entry.at} for a bubble that a message cleared`)
    const isLeft = since.some((other) => other.what === 'end' && other.why === 'switch')
    const isAwaited = since.some((other, at) => {
      const sender = since[at - 1]
      if (other.what !== 'send' || sender?.what !== 'end') return false
      if (log.slice(0, index).some((later) => later.what === 'send settled' && later.id === other.id))
        return false
      const edits = log.slice(0, startSettledAt + at).filter(is('edit'))
      const editedAt = edits.filter(({ slot }) => slot === sender.slot).at(-1)?.at ?? other.at
      return entry.at < editedAt + idle - tolerance && !hasMoved(transcript, editedAt, entry.at)
    })
    if (works && isAwaited && !isForced && !isLeft)
      broken.push(`4 budget: a stop at ${entry.at} while a message is on its way`)
  })
  return broken
}

/** Where the network fails, a bubble that outlives the composing has at least been tried to be stopped. */
export function stopsAreTried(
  log: readonly LogEntry[],
  composing: readonly Span[],
  bubble: readonly Span[],
  transcript: Transcript,
): string[] {
  const excused = union([
    ...sendSpans(log).map(({ span: [from, to] }): Span => [from, to + idle]),
    ...around(transcript),
    ...closedSpans(log, 2 * timeout).filter(([at]) => isSending(log, at) || isCalling(log, at)),
    ...log
      .filter(is('settled'))
      .filter(({ status }) => status === 403 || status === 404)
      .map((refusal): Span => [refusal.at, nextStart(log.slice(log.indexOf(refusal)))]),
    // A limit holds stops up until its end.
    ...log
      .filter(is('settled'))
      .filter(({ status }) => status === 429)
      .map(({ at, retryAfter }): Span => [at, at + Math.max(1_000, retryAfter) + tolerance]),
    // A stop that failed is tried again after its wait.
    ...log
      .filter(is('settled'))
      .filter(({ action, status }) => action === 'stop' && status !== 204)
      .map(({ at }): Span => [at, at + 30_000]),
    ...givenUpSpans(log, bubble, transcript),
    ...overtakenSpans(log, bubble),
  ])
  return composing.flatMap(([, to]) => {
    const deadline = to + 3 * timeout
    const isOutlived = bubble.some(([from, off]) => from < to && off > deadline)
    const isLeftAlone = !composing.some(([from]) => from >= to && from < to + timeout + tolerance)
    const isExcused = excused.some(([from, until]) => from < deadline && until > to)
    const isTried = log
      .filter(is('call'))
      .some(({ action, at }) => action === 'stop' && at >= to - tolerance && at <= deadline)
    return isOutlived && isLeftAlone && !isExcused && !isTried
      ? [`2 stuck typing: no stop was tried after ${to}`]
      : []
  })
}

/** A stop that is refused is tried once more, at the end of its wait. */
export function stopsAreTriedAgain(
  log: readonly LogEntry[],
  composing: readonly Span[],
  bubble: readonly Span[],
  transcript: Transcript,
): string[] {
  const excused = [...sendSpans(log).map(({ span }) => span), ...around(transcript)]
  let stops = 0
  return log.flatMap((entry, index) => {
    if (entry.what === 'edit' || entry.what === 'wake' || entry.what === 'reset') stops = 0
    if (entry.what === 'call' && entry.action === 'stop') stops++
    const isRefused = entry.what === 'settled' && entry.action === 'stop' && isPassing(entry.status)
    if (!isRefused || stops !== 1) return []
    const earliest = entry.at - 3 * timeout
    const deadline = entry.at + (entry.status === 429 ? Math.max(1_000, entry.retryAfter) : 30_000) + timeout
    const isOutlived = bubble.some(([from, off]) => from < entry.at && off > deadline)
    const isLeftAlone = !composing.some(([from, to]) => from < deadline && to > entry.at)
    const isExcused = excused.some(([from, until]) => from < deadline && until > earliest)
    // Who leaves has his stop sent at the end of what is owed, once.
    const isLeft = log
      .filter(is('end'))
      .some(({ why, at }) => ['leave', 'switch', 'close'].includes(why) && at > earliest && at < deadline)
    const isTried = log
      .slice(index)
      .filter(is('call'))
      .some(({ at }) => at <= deadline)
    return isOutlived && isLeftAlone && !isExcused && !isLeft && !isTried
      ? [`2 stuck typing: the stop refused at ${entry.at} was not tried again`]
      : []
  })
}

const isPassing = (status: number | null) => [409, 429, 500, 503].includes(status ?? 0)
