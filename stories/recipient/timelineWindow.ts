/** The stretch of time that a timeline shows, in milliseconds. */
export interface TimelineWindow {
  readonly from: number
  readonly to: number
  /** Where a moment stands, as a CSS percentage. */
  place(at: number): string
  /** How wide a stretch is, as a CSS percentage; what lies outside of the window is cut off. */
  stretch(from: number, to: number): { insetInlineStart: string; inlineSize: string }
}

/** How far back a timeline reaches, in milliseconds. */
export const timelinePast = 68_000

const ahead = 4_000

export function createTimelineWindow(now: number): TimelineWindow {
  const from = now - timelinePast
  const to = now + ahead
  const percent = (length: number) => `${((length / (to - from)) * 100).toFixed(3)}%`
  return {
    from,
    to,
    place: (at) => percent(at - from),
    stretch(begin, end) {
      const cut = Math.max(begin, from)
      return { insetInlineStart: percent(cut - from), inlineSize: percent(Math.max(0, end - cut)) }
    },
  }
}
