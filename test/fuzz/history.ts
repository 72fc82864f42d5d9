import { tolerance, window } from './figures.js'
import type { LogEntry } from './log.js'
import { later, type Moment, timerAge } from './moments.js'
import type { Span } from './spans.js'

/** A call of a chat by the true time. */
interface PastCall {
  action: 'start' | 'stop'
  at: number
  /** When it reached Linq, or was lost. */
  arrived: number
  settled: number
  isAccepted: boolean
}

/** What happened in a chat, by the true time. */
export interface History {
  calls: PastCall[]
  /** From each send until its message was delivered at the latest, or it failed; Infinity where it stays pending. */
  sends: { at: number; settled: number; isSent: boolean; end: number }[]
  /** From when a message of others was sent until the page takes it for delivered. */
  others: Span[]
  absences: Span[]
  /** While the page said that it is offline. */
  offline: Span[]
  closings: Span[]
}

/** Reads a chat's history from the log. */
export function readHistory(log: readonly LogEntry[], chat: string): History {
  const history: History = { calls: [], sends: [], others: [], absences: [], offline: [], closings: [] }
  const { calls, sends } = history
  const ids = new Map<number, History['sends'][number]>()
  log.forEach((entry, index) => {
    if (entry.chat === null) notePage(history, entry)
    else if (entry.chat !== chat) return
    else if (entry.what === 'call')
      calls.push({
        action: entry.action,
        at: entry.at,
        arrived: entry.at + (typeof entry.up === 'number' ? entry.up : 0),
        settled: Infinity,
        isAccepted: false,
      })
    else if (entry.what === 'settled') {
      const call = calls.at(-1)!
      call.settled = entry.at
      call.isAccepted = entry.answer?.status === 204
    } else if (entry.what === 'send') {
      const send = { at: entry.at, settled: Infinity, isSent: false, end: Infinity }
      sends.push(send)
      ids.set(entry.id, send)
    } else if (entry.what === 'message told') {
      if (!entry.isOwn) history.others.push([entry.sentAt, windowEnd(log, index, isAway(history))])
    } else if (entry.what === 'send settled') {
      const send = ids.get(entry.id)!
      send.settled = entry.at
      send.isSent = entry.isSent
      send.end = entry.isSent ? windowEnd(log, index, isAway(history)) : entry.at
    }
  })
  return history
}

const isAway = ({ absences }: History) => absences.at(-1)?.[1] === Infinity

function notePage({ absences, offline, closings }: History, entry: LogEntry & { chat: null }): void {
  const open = (spans: Span[], isOpen: boolean) => {
    const last = spans.at(-1)
    const wasOpen = last?.[1] === Infinity
    if (isOpen && !wasOpen) spans.push([entry.at, Infinity])
    if (!isOpen && wasOpen) spans[spans.length - 1] = [last[0], entry.at]
  }
  if (entry.what === 'away' || entry.what === 'back') open(absences, entry.what === 'away')
  if (entry.what === 'flag') open(offline, !entry.isOnline)
  if (entry.what === 'closed' || entry.what === 'opened') open(closings, entry.what === 'closed')
}

/** When the page takes a message for delivered: its clock stands still while it sleeps, and its timers while it is away. */
function windowEnd(log: readonly LogEntry[], index: number, wasAway: boolean): number {
  const accepted: Moment = log[index]!
  let last = accepted
  let isAway = wasAway
  for (let next = index + 1; next < log.length; next++) {
    const entry = log[next]!
    if (!isAway && timerAge(accepted, entry) >= window) break
    if (entry.what === 'away' || entry.what === 'back') isAway = entry.what === 'away'
    last = entry
  }
  return later(last, Math.max(0, window - timerAge(accepted, last))).at
}

/** When what a page does at a moment has reached Linq: a call under way is awaited, then the next one goes up. */
export function reach({ calls }: History, at: number): number {
  const current = calls.find((call) => call.at <= at && call.settled > at)
  const free = current?.settled ?? at
  const next = calls.find((call) => call.at >= free && call.at <= free + tolerance)
  return Math.max(free, current?.arrived ?? 0, next?.arrived ?? 0)
}
