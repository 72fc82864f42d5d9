import { clocksBehind, sleptUnseen } from './excuses.js'
import { idle, is, refresh, timeout, tolerance, window } from './log.js'
import type { LogEntry, Transcript } from './simulate.js'
import { type Span } from './spans.js'

export function noFalseTyping(log: readonly LogEntry[], transcript: Transcript): string[] {
  const { jumps, absences } = transcript
  const broken: string[] = []
  let previousStart = -1
  const corrected = new Set<number>()
  log.forEach((entry, index) => {
    if (entry.what !== 'call' || entry.action !== 'start') return
    const before = log.slice(0, index)
    const allowed = idle + tolerance + clocksBehind(transcript, entry.at)
    const lastEnd = new Map<number, number>()
    before.forEach((earlier, at) => {
      if (earlier.what === 'end') lastEnd.set(earlier.slot, at)
    })
    const live = before.flatMap((earlier, at) =>
      earlier.what === 'edit' &&
      at > (lastEnd.get(earlier.slot) ?? -1) &&
      entry.at - earlier.at < allowed + sleptUnseen(transcript, earlier.at, entry.at)
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

export function oneInFlight(log: readonly LogEntry[]): string[] {
  let inFlight = 0
  return log.flatMap((entry) => {
    if (entry.what === 'settled') inFlight--
    return entry.what === 'call' && ++inFlight > 1 ? [`4 budget: two calls in flight at ${entry.at}`] : []
  })
}

export function refusalsAndLimits(log: readonly LogEntry[], { jumps, absences }: Transcript): string[] {
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

export function budget(
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
