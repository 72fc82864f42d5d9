import { type BubbleFact, type BubbleSpan, type BubbleState, readBubble } from './bubble.js'

/** One stretch of time in which a recipient's own bubble was on at our side, as a phone in our place would show it. */
export interface RecipientSpan extends BubbleSpan {
  /** Whose bubble it was. */
  readonly handle: string
}

/** Who is typing among a chat's recipients, by handle. */
export interface TheirTyping {
  /** Every stretch until now, in order of their start. */
  readonly timeline: readonly RecipientSpan[]
  /** When the next bubble goes off by itself, or null while none is on. */
  readonly expiresAt: number | null
  note(handle: string, what: 'start' | 'stop' | 'message'): void
  /** Ends all bubbles: the chat is left. */
  leave(): void
}

/** How long a phone keeps a bubble by itself, in ms. */
const lifetime = 60_000

/** Makes a chat in which nobody has typed yet. */
export function createTheirTyping(now: () => number): TheirTyping {
  const facts = new Map<string, BubbleFact[]>()
  const read = (): { handle: string; bubble: BubbleState }[] =>
    [...facts].map(([handle, own]) => ({ handle, bubble: readBubble(own, now(), lifetime) }))

  return {
    get timeline() {
      return read()
        .flatMap(({ handle, bubble }) => bubble.spans.map((span) => ({ handle, ...span })))
        .sort((one, other) => one.from - other.from)
    },
    get expiresAt() {
      const ends = read().map(({ bubble }) => bubble.expiresAt ?? Infinity)
      const soonest = Math.min(...ends)
      return soonest === Infinity ? null : soonest
    },
    note(handle, what) {
      facts.set(handle, [...(facts.get(handle) ?? []), { at: now(), what }])
    },
    leave() {
      for (const own of facts.values()) own.push({ at: now(), what: 'left' })
    },
  }
}
