import type { LogEntry } from './simulate.js'
import { type Span, union } from './spans.js'

export const idle = 10_000
export const refresh = 48_000
export const minLifetime = 60_000
export const window = 3_000
export const timeout = 5_000
/** In a network that works: a call already in flight, and then one's own way up. */
export const roundTrip = 3_000
export const tolerance = 100

type Of<W extends LogEntry['what']> = Extract<LogEntry, { what: W }>
export const is =
  <W extends LogEntry['what']>(...what: W[]) =>
  (entry: LogEntry): entry is Of<W> =>
    what.includes(entry.what as W)

/** When someone composed in the chat, by the true time. */
export function composingSpans(log: readonly LogEntry[]): Span[] {
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

export const tell = (promise: string, spans: readonly Span[]) =>
  spans.filter(([from, to]) => to - from > tolerance).map(([from, to]) => `${promise} from ${from} to ${to}`)
