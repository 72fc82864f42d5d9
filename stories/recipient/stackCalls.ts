import type { RecipientCall } from './RecipientTruth.js'
import type { TimelineWindow } from './timelineWindow.js'

/** How much of the narrowest timeline `start 204`, and `204` alone, cover. */
const labelShare = 0.195
const statusShare = 0.105

/** A call, its row, and how much of its label there is room for. */
export interface StackedCall {
  readonly call: RecipientCall
  readonly row: number
  readonly label: 'full' | 'status' | 'none'
}

/** Puts calls that come close together in different rows, so that the labels before them can be read. */
export function stackCalls(
  calls: readonly RecipientCall[],
  now: number,
  { from, to }: Pick<TimelineWindow, 'from' | 'to'>,
): StackedCall[] {
  const labelWidth = (to - from) * labelShare
  const statusWidth = (to - from) * statusShare
  const ends = [-Infinity, -Infinity, -Infinity, -Infinity]
  return calls.map((call) => {
    const free = ends.findIndex((end) => call.sentAt - end >= labelWidth)
    const row = free === -1 ? ends.indexOf(Math.min(...ends)) : free
    const room = call.sentAt - (ends[row] ?? 0)
    ends[row] = call.answeredAt ?? call.goneAt ?? now
    return { call, row, label: room >= labelWidth ? 'full' : room >= statusWidth ? 'status' : 'none' }
  })
}
