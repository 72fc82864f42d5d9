import { maxAge, type Moment, readClock } from '../../core/clock.js'

/** How long somebody types before it is told, in ms. */
const patience = 2_000
/** How long nobody must have typed before it is told again, in ms. */
const quiet = 30_000

/** Decides when a screen reader is told that somebody types: once, and not each time that they pause. */
export interface Announcer {
  /** Takes in what there is to tell now; an empty text if nobody types. */
  see: (text: string) => void
  /** Takes back what was told, and leaves no timer. */
  stop: () => void
}

/** @param tell called with the text of the announcement, and with an empty one once it is over. */
export function createAnnouncer(tell: (text: string) => void): Announcer {
  let timer: ReturnType<typeof setTimeout> | undefined
  let text = ''
  let isTold = false
  /** When the typing that was told, or what followed it without a quiet time, ended. */
  let endedAt: Moment | null = null

  function begin(): void {
    if (isTold && endedAt !== null && maxAge(endedAt, readClock()) >= quiet) isTold = false
    if (isTold) return
    timer = setTimeout(() => {
      isTold = true
      tell(text)
    }, patience)
  }

  function end(): void {
    clearTimeout(timer)
    endedAt = readClock()
  }

  function see(next: string): void {
    const wasTyping = text !== ''
    // Who reads the page later must not find what was so.
    if (next !== text) tell('')
    text = next
    if (!wasTyping && next !== '') begin()
    else if (wasTyping && next === '') end()
  }

  return { see, stop: () => see('') }
}
