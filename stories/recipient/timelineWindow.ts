/** The stretch of time that a timeline shows, in milliseconds. */
export interface TimelineWindow {
  readonly from: number
  readonly to: number
  /** The moments to mark on its axis, and what they are called there. */
  readonly ticks: readonly { readonly at: number; readonly label: string }[]
  /** Where a moment stands, as a CSS percentage. */
  place(at: number): string
  /** How wide a stretch is, as a CSS percentage; what lies outside of the window is cut off. */
  stretch(from: number, to: number): { insetInlineStart: string; inlineSize: string }
}

/** How far a timeline reaches, in milliseconds. */
export interface TimelineReach {
  readonly past: number
  readonly ahead: number
}

/** How far a timeline reaches where calls are made as often as Linq wants them. */
export const linqReach: TimelineReach = { past: 68_000, ahead: 4_000 }

/** As much of a reach as what happened within `age` fills, with room for the label before the first call. */
export function fitReach(reach: TimelineReach, age: number): TimelineReach {
  const past = Math.max(10_000, age * 1.25 + reach.ahead * 0.25)
  return { ...reach, past: Math.min(reach.past, past) }
}

export function createTimelineWindow(now: number, { past, ahead }: TimelineReach): TimelineWindow {
  const from = now - past
  const to = now + ahead
  const percent = (length: number) => `${((length / (to - from)) * 100).toFixed(3)}%`
  const step = past >= 60_000 ? 15 : past >= 25_000 ? 10 : 5
  const seconds = Array.from(
    { length: Math.floor((past * 0.97) / 1000 / step) },
    (_, index) => -step * (index + 1),
  )
  // Not where it would be cut off.
  if (ahead > step * 1000) seconds.push(step)
  return {
    from,
    to,
    ticks: seconds.map((second) => ({
      at: now + second * 1000,
      label: `${second < 0 ? '−' : '+'}${Math.abs(second)} s`,
    })),
    place: (at) => percent(at - from),
    stretch(begin, end) {
      const cut = Math.max(begin, from)
      return { insetInlineStart: percent(cut - from), inlineSize: percent(Math.max(0, end - cut)) }
    },
  }
}
