import type { Scenario } from './events.js'
import type { LogEntry, Transcript } from './simulate.js'
import { outside, type Span, union } from './spans.js'

const idle = 10_000
const refresh = 48_000
const window = 3_000
const timeout = 5_000
/** In a network that works: a call already in flight, and then one's own way up. */
const roundTrip = 3_000
const tolerance = 100

type Of<W extends LogEntry['what']> = Extract<LogEntry, { what: W }>
const is =
  <W extends LogEntry['what']>(...what: W[]) =>
  (entry: LogEntry): entry is Of<W> =>
    what.includes(entry.what as W)

/** Which of the six promises a transcript breaks, in words; derived from what was seen alone. */
export function brokenPromises({ lifetime, works }: Scenario, transcript: Transcript): string[] {
  const broken: string[] = []
  for (const [chat, spans] of transcript.bubbles) {
    const log = transcript.log.filter((entry) => entry.chat === chat)
    const composing = composingSpans(log)
    const bubble = spans.map(({ from, to }): Span => [from, to ?? transcript.end])
    broken.push(
      ...noFalseTyping(log, transcript),
      ...oneInFlight(log),
      ...noUselessStop(log, works, transcript),
      ...refusalsAndLimits(log, transcript),
      ...budget(log, composing, transcript),
      ...(works
        ? [
            ...noStuckTyping(log, composing, bubble, transcript),
            ...noGaps(log, composing, bubble, transcript),
          ]
        : [
            ...noLastingGhost(composing, bubble, lifetime, transcript),
            ...stopsAreTried(log, composing, bubble, transcript),
            ...stopsAreTriedAgain(log, composing, bubble, transcript),
          ]),
    )
  }
  if (transcript.timersLeft > 0) broken.push(`6 hygiene: ${transcript.timersLeft} timers left`)
  for (const reason of transcript.unhandled) broken.push(`5 isolation: unhandled ${String(reason)}`)
  return broken
}

/** When someone composed in the chat, by the true time. */
function composingSpans(log: readonly LogEntry[]): Span[] {
  const spans: Span[] = []
  const open = new Map<number, [number, number]>()
  for (const entry of log) {
    if (entry.what === 'edit') {
      const span = open.get(entry.slot)
      if (span !== undefined && entry.at < span[1]) span[1] = entry.at + idle
      else {
        const fresh: [number, number] = [entry.at, entry.at + idle]
        spans.push(fresh)
        open.set(entry.slot, fresh)
      }
    } else if (entry.what === 'end') {
      const span = open.get(entry.slot)
      if (span !== undefined) span[1] = Math.min(span[1], entry.at)
      open.delete(entry.slot)
    }
  }
  return union(spans)
}

function noFalseTyping(log: readonly LogEntry[], { jumps, absences }: Transcript): string[] {
  const broken: string[] = []
  let previousStart = -1
  const corrected = new Set<number>()
  // A wall clock that was set back hides how long a machine slept, so an end may be late by that.
  const slept = (since: number, until: number) =>
    jumps.some((at) => at >= since && at <= until)
      ? absences.reduce(
          (sum, [from, to]) => sum + Math.max(0, Math.min(to, until) - Math.max(from, since)),
          0,
        )
      : 0
  log.forEach((entry, index) => {
    if (entry.what !== 'call' || entry.action !== 'start') return
    const before = log.slice(0, index)
    const lastEnd = new Map<number, number>()
    before.forEach((earlier, at) => {
      if (earlier.what === 'end') lastEnd.set(earlier.slot, at)
    })
    const live = before.flatMap((earlier, at) =>
      earlier.what === 'edit' &&
      at > (lastEnd.get(earlier.slot) ?? -1) &&
      entry.at - earlier.at < idle + tolerance + slept(earlier.at, entry.at)
        ? [at]
        : [],
    )
    const isOwed = () => {
      const open = before.filter(is('send settled')).filter(({ isSent, id }) => isSent && !corrected.has(id))
      const due = open.filter(({ at }) => at + window <= entry.at + tolerance)
      // A clock that moved may have closed a window too early.
      const early = open.filter(({ at }) =>
        [...jumps, ...absences.flat()].some((moment) => moment >= at - timeout),
      )
      const sends = due.length > 0 ? due : early
      sends.forEach(({ id }) => corrected.add(id))
      return sends.length > 0
    }
    const isDriven = before.some(
      (earlier) => earlier.at === entry.at && (earlier.what === 'edit' || earlier.what === 'settled'),
    )
    if (live.length === 0) broken.push(`1 false typing: a start at ${entry.at} while nobody composes`)
    else if (!(isDriven && live.some((at) => at > previousStart)) && !isOwed())
      broken.push(`1 false typing: a start at ${entry.at} that no new edit drives`)
    previousStart = index
  })
  return broken
}

function oneInFlight(log: readonly LogEntry[]): string[] {
  let inFlight = 0
  return log.flatMap((entry) => {
    if (entry.what === 'settled') inFlight--
    return entry.what === 'call' && ++inFlight > 1 ? [`4 budget: two calls in flight at ${entry.at}`] : []
  })
}

function noUselessStop(log: readonly LogEntry[], works: boolean, transcript: Transcript): string[] {
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

function refusalsAndLimits(log: readonly LogEntry[], { jumps, absences }: Transcript): string[] {
  const broken: string[] = []
  const members = new Set<number>()
  let isRefused = false
  let limitedUntil = 0
  for (const entry of log) {
    if (entry.what === 'join') {
      if (members.size === 0) {
        isRefused = false
        limitedUntil = 0
      }
      members.add(entry.slot)
    }
    if (entry.what === 'end' && (entry.why === 'leave' || entry.why === 'switch' || entry.why === 'close'))
      members.delete(entry.slot)
    if (entry.what === 'reset') {
      isRefused = false
      limitedUntil = 0
    }
    if (entry.what === 'settled') {
      if (entry.status === 403 || entry.status === 404) isRefused = true
      if (entry.status === 429) limitedUntil = entry.at + Math.max(1_000, entry.retryAfter)
    }
    if (entry.what !== 'call') continue
    if (isRefused) broken.push(`4 budget: a ${entry.action} at ${entry.at} after a final refusal`)
    if (jumps.length + absences.length > 0) continue
    if (entry.action === 'start' && entry.at < limitedUntil - tolerance)
      broken.push(`4 budget: a start at ${entry.at} within a limit until ${limitedUntil}`)
  }
  return broken
}

function budget(
  log: readonly LogEntry[],
  composing: readonly Span[],
  { jumps, absences }: Transcript,
): string[] {
  const sends = log.filter(is('send')).map(({ at }) => at)
  const begins = [...new Set([...composing.map(([from]) => from), ...sends])].sort(
    (one, other) => one - other,
  )
  return begins.flatMap((begin, index) => {
    const end = begins[index + 1] ?? Infinity
    const within = (at: number) => at >= begin && at < end
    const starts = log.filter(is('call')).filter(({ action, at }) => action === 'start' && within(at)).length
    const failures = log.filter(is('settled')).filter(({ status, at }) => status !== 204 && within(at)).length
    const active = composing.reduce(
      (sum, [from, to]) => sum + Math.max(0, Math.min(to, end) - Math.max(from, begin)),
      0,
    )
    const moved =
      jumps.filter(within).length + absences.filter(([from, to]) => within(from) || within(to)).length
    // A jump ahead ends the wish of an input that does not edit again; another's end then ends the session.
    const endsByJump = log
      .filter(is('end'))
      .filter(({ at }) => within(at) && jumps.some((jump) => at >= jump && at < jump + idle))
    // One correction for each message that was sent, in whichever session its window ends.
    const corrections = log
      .filter(is('send settled'))
      .filter(({ isSent, at }) => isSent && at + window >= begin && at < end)
    // Sessions that begin in the same millisecond are one here.
    const ends = log.filter(is('end')).filter(({ at }) => at === begin)
    const allowed =
      1 +
      Math.floor(active / refresh) +
      failures +
      corrections.length +
      ends.length +
      endsByJump.length +
      moved
    return starts > allowed
      ? [`4 budget: ${starts} starts in the session from ${begin}, allowed ${allowed}`]
      : []
  })
}

/** Until when a send may leave the bubble unsettled. */
function sendSpans(log: readonly LogEntry[]): { span: Span; isPending: boolean }[] {
  return log.filter(is('send')).map(({ id, at }) => {
    const settled = log.filter(is('send settled')).find((entry) => entry.id === id)
    if (settled === undefined) return { span: [at, at + idle + roundTrip], isPending: true }
    if (!settled.isSent) return { span: [at, settled.at + roundTrip], isPending: false }
    return { span: [at, settled.at + window + roundTrip], isPending: false }
  })
}

const around = ({ jumps, absences }: Transcript): Span[] => [
  ...absences.map(([from, to]): Span => [from - tolerance, to + idle + roundTrip]),
  ...jumps.map((at): Span => [at - tolerance, at + 2 * idle + roundTrip]),
]

/** After closing no timer may follow up what is unanswered; opening again gives it its time anew: `atMost` ms. */
const closedSpans = (log: readonly LogEntry[], atMost: number): Span[] =>
  log.flatMap(({ what, at }, index): Span[] => {
    if (what !== 'closed') return []
    const reopened = log.slice(index).find((entry) => entry.what === 'wake')
    return [[at, (reopened?.at ?? Infinity) + atMost]]
  })

const isSending = (log: readonly LogEntry[], at: number) =>
  log
    .filter(is('send'))
    .some(
      (send) =>
        send.at <= at &&
        !log.some((other) => other.what === 'send settled' && other.id === send.id && other.at < at),
    )

const isCalling = (log: readonly LogEntry[], at: number) =>
  log
    .filter(is('call'))
    .some(
      (call) =>
        call.at <= at &&
        !log.some((other) => other.what === 'settled' && other.id === call.id && other.at < at),
    )

/** Whether a clock and the true time may differ. */
const hasMoved = (transcript: Transcript, from: number, to: number) =>
  hasJumped(transcript, from, to) || transcript.absences.some(([left, back]) => left <= to && back >= from)

/** A jump ahead may close a delivery window too early; then the next refresh brings the bubble back. */
const hasJumped = ({ jumps }: Transcript, from: number, to: number) =>
  jumps.some((at) => at >= from && at <= to)

const tell = (promise: string, spans: readonly Span[]) =>
  spans.filter(([from, to]) => to - from > tolerance).map(([from, to]) => `${promise} from ${from} to ${to}`)

function noStuckTyping(
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

function noGaps(
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
  return tell('3 gap:', outside(outside(owed, union(excused)), union(bubble)))
}

function noLastingGhost(
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

/**
 * Bubbles that are nobody's, until someone starts again. A provider that closes sends its stop once: it may be refused, or
 * the page offline. A chat that its last input left is forgotten a while later: the page may have been offline until then.
 */
function givenUpSpans(
  log: readonly LogEntry[],
  bubble: readonly Span[],
  { absences }: Transcript,
): readonly Span[] {
  const memory = timeout + window - tolerance
  const members = new Set<number>()
  const isAway = (since: number) => absences.some(([from, to]) => from <= since && to >= since + memory)
  const isRefusedStop = (since: number) => {
    const stop = log
      .filter(is('call'))
      .find(({ action, at }) => action === 'stop' && at >= since && at <= since + timeout + window)
    const answer = log.filter(is('settled')).find(({ id }) => id === stop?.id)
    return answer !== undefined && answer.status !== 204
  }
  return log.flatMap((entry, index) => {
    if (entry.what === 'join') members.add(entry.slot)
    if (entry.what === 'end' && (entry.why === 'leave' || entry.why === 'switch' || entry.why === 'close'))
      members.delete(entry.slot)
    else if (entry.what !== 'closed') return []
    const later = log.slice(index)
    const isForgotten =
      members.size === 0 && !later.some(({ what, at }) => what === 'join' && at < entry.at + memory)
    const isGivenUp =
      (entry.what === 'closed' && isRefusedStop(entry.at)) || (isForgotten && isAway(entry.at))
    if (!isGivenUp) return []
    return bubble
      .filter(([from, off]) => from <= entry.at && off > entry.at)
      .map(([from, off]): Span => [from, Math.min(off, nextStart(later))])
  })
}

/** When the next start is made that was accepted, or may have been carried out without an answer. */
function nextStart(log: readonly LogEntry[]): number {
  const landed = new Set(
    log
      .filter(is('settled'))
      .filter(({ status }) => (status ?? 204) === 204)
      .map(({ id }) => id),
  )
  return log.filter(is('call')).find(({ action, id }) => action === 'start' && landed.has(id))?.at ?? Infinity
}

/** Where the network fails, a bubble that outlives the composing has at least been tried to be stopped. */
function stopsAreTried(
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
function stopsAreTriedAgain(
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
