/** One stretch of time in which the recipient's phone showed the bubble, in ms on the emulator's clock. */
export interface BubbleSpan {
  readonly from: number
  /** When it went off, or null while it is on. */
  readonly to: number | null
  /** Why it went off, or null while it is on. */
  readonly endedBy: BubbleEnd | null
}

/** Why a bubble went off. */
export type BubbleEnd = 'stop' | 'lifetime' | 'message' | 'reopened' | 'left'

/** Something that happened to a chat's bubble, or is going to: a message on its way. */
export interface BubbleFact {
  readonly at: number
  readonly what: 'start' | Exclude<BubbleEnd, 'lifetime'>
}

/** What the facts add up to. */
export interface BubbleState {
  readonly spans: readonly BubbleSpan[]
  /** When the bubble that is on goes off by itself, or null when none is on. */
  readonly expiresAt: number | null
}

/** Derives a chat's bubble from what happened until now. Of two facts at the same moment, the one noted first came first. */
export function readBubble(facts: readonly BubbleFact[], now: number, lifetime: number): BubbleState {
  const spans: BubbleSpan[] = []
  let shownFrom: number | null = null
  // What Linq believes. It outlasts a bubble that the phone dropped, so a plain start doesn't bring that back.
  let announcedUntil = -Infinity

  const hide = (to: number, endedBy: BubbleEnd) => {
    if (shownFrom !== null) spans.push({ from: shownFrom, to, endedBy })
    shownFrom = null
  }
  const expireBy = (at: number) => {
    if (at >= announcedUntil) hide(announcedUntil, 'lifetime')
  }

  const past = facts.filter(({ at }) => at <= now).sort((one, other) => one.at - other.at)
  for (const { at, what } of past) {
    expireBy(at)
    if (what === 'start') {
      if (at >= announcedUntil) shownFrom = at
      announcedUntil = at + lifetime
    } else {
      hide(at, what)
      if (what !== 'reopened') announcedUntil = -Infinity
    }
  }
  expireBy(now)

  if (shownFrom === null) return { spans, expiresAt: null }
  return { spans: [...spans, { from: shownFrom, to: null, endedBy: null }], expiresAt: announcedUntil }
}
